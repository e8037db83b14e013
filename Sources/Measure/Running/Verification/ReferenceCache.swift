import Foundation
import Platform
import Results
import Tensors
import Workers
import Workloads

/// Reference outputs on disk, so that the reference of a case is not computed again for each implementation.
struct ReferenceCache {
    private let files: ReferenceFiles
    private let outputs: [Operand]
    private let key: String

    /// - Parameter tensors: inputs, weights and initial states. They are identified by their bits, since some come from
    ///   files that may change.
    init(files: ReferenceFiles, _ workload: any Workload, _ tensors: Operands) {
        self.files = files
        outputs = workload.operands.filter(\.role.isWritten)
        let inputs = workload.operands.filter { $0.role != .output }.reduce(Fingerprint.empty) {
            tensors[$1.name].fingerprint(adding: $0)
        }
        key = "\(workload.name) \(workload.element) inputs \(inputs) program \(files.program)\n"
    }

    /// The most bytes of all files together; the oldest are removed.
    private static let mostBytes = 1 << 30
    /// The most bytes of one file.
    private static let largest = 128 << 20
    /// Results that are computed faster than this are not worth a file.
    static let leastSeconds = 0.02

    /// Fills outputs and final states from a file. Returns whether there is a complete file for these inputs.
    func read(into tensors: Operands) -> Bool {
        let written = outputs.map { tensors[$0.name] }
        guard let content = CheckedFile.read(path), content.starts(with: key.utf8),
            content.count == key.utf8.count + written.reduce(0, { $0 + $1.bytes })
        else { return false }
        var rest = content.dropFirst(key.utf8.count)
        for tensor in written {
            rest.prefix(tensor.bytes).withUnsafeBytes(tensor.copy)
            rest = rest.dropFirst(tensor.bytes)
        }
        return true
    }

    /// Keeps the reference's results, unless they are too large.
    func keep(_ tensors: Operands) {
        guard outputs.reduce(0, { $0 + tensors[$1.name].bytes }) <= Self.largest else { return }
        CheckedFile.write(outputs.reduce(Data(key.utf8)) { $0 + tensors[$1.name].raw }, to: path)
        CheckedFile.prune(files.folder, bytes: Self.mostBytes, files: .max)
    }

    private var path: String { "\(files.folder)/\(Fingerprint.text(key.utf8))" }
}
