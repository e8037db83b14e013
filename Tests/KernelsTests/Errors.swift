import Testing
import Workloads

/// Expects that a shape is refused, with this parameter at fault, and with these words in the message and the remedy.
func expectRefusal(
    _ kind: Kind, _ text: String, at parameter: String?, _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = #expect(throws: ShapeError.self, sourceLocation: sourceLocation) { try workload(kind, text) }
    #expect(error?.parameter == parameter, sourceLocation: sourceLocation)
    let description = error?.description ?? ""
    for word in words {
        #expect(description.contains(word), "\(description)", sourceLocation: sourceLocation)
    }
}
