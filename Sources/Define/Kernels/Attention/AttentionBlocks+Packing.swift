import Mutants

extension AttentionBlocks {
    /// Transposes keys into panels, times the scale, four by four. Elements beyond the last key are never used.
    func pack(keys: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>) {
        let (dim, width, scale, stride) = (dim, width, scale, places.k.row)
        let (wholeKeys, wholeDim) = (count & ~3, dim & ~3)
        for j in Swift.stride(from: 0, to: wholeKeys, by: 4) {
            let base = target + j / width * dim * width + j % width
            let row = keys + j * stride
            for i in Swift.stride(from: 0, to: wholeDim, by: 4) {
                let a = SIMD4<Float>(at: row + i) * scale
                let b = SIMD4<Float>(at: row + stride + i) * scale
                let c = SIMD4<Float>(at: row + 2 * stride + i) * scale
                let d = SIMD4<Float>(at: row + 3 * stride + i) * scale
                SIMD4(a[0], b[0], c[0], d[0]).store(at: base + i * width)
                SIMD4(a[1], b[1], c[1], d[1]).store(at: base + (i + 1) * width)
                SIMD4(a[2], b[2], c[2], d[2]).store(at: base + (i + 2) * width)
                SIMD4(a[3], b[3], c[3], d[3]).store(at: base + (i + 3) * width)
            }
        }
        for j in 0..<count {
            let base = target + j / width * dim * width + j % width
            for i in (j < wholeKeys ? wholeDim : 0)..<dim { base[i * width] = keys[j * stride + i] * scale }
        }
    }

    /// Cuts rows of values into panels, with zeros beyond the last element.
    func pack(values: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>) {
        let (dim, width) = (dim, width)
        for panel in 0..<sumFloats / width {
            let (base, edge) = (target + panel * block * width, min(width, dim - panel * width))
            for j in 0..<count {
                (base + j * width).update(
                    from: values + j * places.v.row + panel * width, count: edge - slip(.attentionValue))
                if edge < width { (base + j * width + edge).update(repeating: 0, count: width - edge) }
            }
        }
    }
}
