import Settings

/// NumPy's file of one array, version 1.0: magic, header length, a Python dictionary padded to 64 bytes, raw elements
/// (numpy.lib.format). Types that NumPy does not have are written as `f32`, which holds them exactly.
package enum NPY {
    /// The bytes of the file for a tensor, little-endian and C-ordered.
    package static func encode(_ tensor: Tensor) -> [UInt8] {
        let type = tensor.element.scalar.numPy
        let extents = tensor.shape.extents
        let shape =
            extents.count == 1 ? "(\(extents[0]),)" : "(" + extents.map(String.init).joined(separator: ", ") + ")"
        var header = "{'descr': '\(type ?? "<f4")', 'fortran_order': False, 'shape': \(shape), }"
        let preamble = 10  // magic, version, length
        let unpadded = preamble + header.utf8.count + 1
        header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
        let length = UInt16(header.utf8.count)
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
        bytes.reserveCapacity(bytes.count + header.utf8.count + tensor.count * max(tensor.element.size, 4))
        bytes += header.utf8
        if type != nil {
            bytes += tensor.raw
        } else {
            for i in 0..<tensor.count { withUnsafeBytes(of: Float(tensor[i])) { bytes += $0 } }
        }
        return bytes
    }
}
