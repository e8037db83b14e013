import Mutants

extension Microkernels {
    /// y = e^(x - m) / the sum of e^(x - m) over each of `count` rows, where m is the row's largest element. A row that
    /// contains NaN or +infinity, or only -infinity, becomes NaN. In other rows -infinity gives 0.
    @inlinable @inline(never)
    package static func softmax(
        rows count: Int, features: Int, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
    ) {
        let cut = RowVectors<V>(count: features)
        for row in 0..<count {
            let (source, target) = (x + row * features, y + row * features)
            let largest = V(broadcasting: planted(.softmaxLargest) ? 0 : cut.largest(source))
            var (total, other, end) = (V.zero, V.zero, V.zero)
            var i = 0
            while i + 2 * V.lanes <= cut.whole {
                let p = V(loading: source + i).subtracting(largest).exponential
                let q = V(loading: source + i + V.lanes).subtracting(largest).exponential
                p.store(to: target + i)
                q.store(to: target + i + V.lanes)
                (total, other) = (total.adding(p), other.adding(q))
                i += 2 * V.lanes
            }
            if i < cut.whole {
                let p = V(loading: source + i).subtracting(largest).exponential
                p.store(to: target + i)
                if !planted(.softmaxVector) { total = total.adding(p) }
            }
            if cut.hasEnd {
                end = cut.end(of: source).subtracting(largest).exponential
                other = other.adding(planted(.softmaxTail) ? end : cut.new(end, else: .zero))
            }
            let factor = V(broadcasting: 1 / total.adding(other).total)
            i = 0
            while i < cut.whole {
                V(loading: target + i).multiplied(by: factor).store(to: target + i)
                i += V.lanes
            }
            if cut.hasEnd { cut.store(end.multiplied(by: factor), toEndOf: target) }
        }
    }
}
