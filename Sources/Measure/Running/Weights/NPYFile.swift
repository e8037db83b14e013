import Foundation
import Platform
import Results
import Settings
import Tensors
import Workloads

/// Reads NumPy files whose array must match an operand, as written by `assay dump`.
enum NPYFile {
    /// What is wrong with a file, and the remedy if there is one.
    struct Fault: Error {
        let message: String
        var remedy: String?

        init(_ message: String, remedy: String? = nil) {
            self.message = message
            self.remedy = remedy
        }
    }

    /// The bytes of the elements.
    static func elements(of path: String, as operand: Operand) throws(Fault) -> Data {
        // Types that NumPy lacks are stored as four-byte numbers.
        let size = operand.element.scalar.numPy == nil ? 4 * operand.shape.count : operand.bytes
        let type = operand.element.scalar.numPy ?? "<f4"
        let header: NPYHeader
        let bytes: Data
        do {
            bytes = try contents(of: path, atMost: size + NPYHeader.longest)
            header = try NPYHeader(bytes)
        } catch let error as NPYHeader.Fault {
            throw Fault(error.message)
        } catch {
            throw Fault((error as? FileError)?.message ?? "it cannot be read")
        }
        guard header.type == type else {
            throw Fault(
                "its elements are '\(header.type.prefix(40))', but must be '\(type)'",
                remedy: "convert it with NumPy: .astype('\(type)')")
        }
        guard header.shape == operand.shape else {
            throw Fault("its shape is \(header.shape), but must be \(operand.shape)")
        }
        guard !header.isColumnMajor || operand.shape.extents.count(where: { $0 > 1 }) < 2 else {
            throw Fault(
                "it is in column-major order", remedy: "convert it with NumPy: ascontiguousarray")
        }
        guard bytes.count == header.length + size else {
            throw Fault("it has \(bytes.count) bytes, but its array needs \(header.length + size)")
        }
        return bytes.dropFirst(header.length)
    }

    /// Copies elements that were read for an operand into its tensor.
    static func copy(_ elements: Data, into tensor: Tensor) {
        elements.withUnsafeBytes { bytes in
            if bytes.count == tensor.bytes { return tensor.copy(from: bytes) }
            for i in 0..<tensor.count {
                tensor[i] = Double(bytes.loadUnaligned(fromByteOffset: 4 * i, as: Float.self))
            }
        }
    }
}
