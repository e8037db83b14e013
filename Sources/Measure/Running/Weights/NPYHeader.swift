import Foundation
import Tensors

/// The header of a NumPy file: the description of its array (numpy.lib.format, versions 1 to 3).
struct NPYHeader {
    /// In NumPy's notation: `<f4`.
    let type: String
    let isColumnMajor: Bool
    let shape: Shape
    /// The number of bytes before the elements.
    let length: Int

    /// Why the bytes are not a NumPy file.
    struct Fault: Error { let message: String }

    /// Longer than the header of any array of ours.
    static let longest = 1 << 16

    /// Reads the beginning of a file, which must contain the whole header.
    init(_ bytes: Data) throws(Fault) {
        let bytes = [UInt8](bytes.prefix(Self.longest))
        guard bytes.count >= 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw Fault(message: "it is not a NumPy file")
        }
        let places = bytes[6] == 1 ? 2 : 4
        let size = (0..<places).reduce(0) { $0 + Int(bytes[8 + $1]) << (8 * $1) }
        guard (1...3).contains(bytes[6]), 8 + places + size <= bytes.count else {
            throw Fault(message: "its header is damaged or has a later version")
        }
        length = 8 + places + size
        let text = String(decoding: bytes[(8 + places)..<length], as: UTF8.self)
        guard let type = text.firstMatch(of: /'descr'\s*:\s*'([^']*)'/)?.1,
            let order = text.firstMatch(of: /'fortran_order'\s*:\s*(True|False)/)?.1,
            let extents = text.firstMatch(of: /'shape'\s*:\s*\(([0-9, ]*)\)/)?.1
        else { throw Fault(message: "its header does not state the type, order and shape of an array") }
        let numbers = extents.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        guard let shape = Shape(numbers.map { Int($0) ?? -1 }) else {
            throw Fault(message: "its shape (\(extents.prefix(80))) is larger than any memory")
        }
        self.type = String(type)
        self.shape = shape
        isColumnMajor = order == "True"
    }
}
