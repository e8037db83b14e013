import Foundation
import Results
import Tensors
import Workers
import Workloads

/// Outputs of references on disk, so that what one implementation of a case is held against need not be computed again
/// for the next.
struct ReferenceCache {
    let files: ReferenceFiles

    /// All together; the oldest go.
    private static let mostBytes = 1 << 30
    /// One alone.
    private static let largest = 128 << 20
    /// What is computed faster than this is not worth a file.
    static let leastSeconds = 0.02

    /// Fills the outputs from a file. Returns whether there is one that is whole and for these inputs.
    func read(_ workload: any Workload, into tensors: Operands) -> Bool {
        let key = key(workload, tensors)
        let outputs = workload.operands.filter { $0.role == .output }
        guard let content = CheckedFile.read(path(key)), content.starts(with: key.utf8),
            content.count == key.utf8.count + outputs.reduce(0, { $0 + tensors[$1.name].bytes })
        else { return false }
        var rest = content.dropFirst(key.utf8.count)
        for output in outputs {
            let tensor = tensors[output.name]
            rest.prefix(tensor.bytes).withUnsafeBytes(tensor.copy)
            rest = rest.dropFirst(tensor.bytes)
        }
        return true
    }

    /// Keeps the outputs, unless they are too large.
    func keep(_ workload: any Workload, from tensors: Operands) {
        let outputs = workload.operands.filter { $0.role == .output }
        guard outputs.reduce(0, { $0 + tensors[$1.name].bytes }) <= Self.largest else { return }
        let key = key(workload, tensors)
        CheckedFile.write(outputs.reduce(Data(key.utf8)) { $0 + tensors[$1.name].raw }, to: path(key))
        CheckedFile.prune(files.folder, bytes: Self.mostBytes, files: .max)
    }

    /// The inputs are known by their bits: some come from files, which may change.
    private func key(_ workload: any Workload, _ tensors: Operands) -> String {
        let inputs = workload.operands.filter { $0.role != .output }.reduce(Tensor.noFingerprint) {
            tensors[$1.name].fingerprint(adding: $0)
        }
        return "\(workload.name) \(workload.element) inputs \(inputs) program \(files.program)\n"
    }

    private func path(_ key: String) -> String { "\(files.folder)/\(Fingerprint.text(key.utf8))" }
}
