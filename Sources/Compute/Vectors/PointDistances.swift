import Mutants

/// Squared distances in `Float` from some centres to all points of a cloud.
///
/// The points are given as columns, one of each coordinate. A column has `stride` places: those behind the last point hold
/// infinities, so that their distances are infinite, or NaN if the centre is not finite.
@usableFromInline package struct PointDistances {
    /// Columns are whole multiples of so many places, for every vector.
    @inlinable package static var placesPerBlock: Int { 32 }

    /// [dimensions, stride]
    @usableFromInline let columns: UnsafePointer<Float>
    /// Places of a column: a multiple of `placesPerBlock`.
    @usableFromInline let stride: Int
    @usableFromInline let dimensions: Int
    /// [count, dimensions]
    @usableFromInline let centres: UnsafePointer<Float>
    @usableFromInline let count: Int
    /// [count, stride]
    @usableFromInline let y: UnsafeMutablePointer<Float>

    @inlinable package init(
        columns: UnsafePointer<Float>, stride: Int, dimensions: Int, centres: UnsafePointer<Float>, count: Int,
        y: UnsafeMutablePointer<Float>
    ) {
        self.columns = columns
        self.stride = stride
        self.dimensions = dimensions
        self.centres = centres
        self.count = count
        self.y = y
    }
}

extension Microkernels {
    /// Writes the distances of each centre. Two vectors of points stay in the nearest cache for all centres, and four centres
    /// at a time read them once.
    @inlinable @inline(never)
    package static func squaredDistances(_ points: PointDistances) {
        // What is written could be the description for all that the compiler knows: so its parts are read once.
        let (stride, dimensions, count, y) = (points.stride, points.dimensions, points.count, points.y)
        var place = 0
        while place < stride {
            let column = points.columns + place
            var centre = 0
            while centre + 4 <= count {
                squaredDistances(
                    column, stride, points.centres + centre * dimensions, dimensions, y + (centre * stride + place),
                    Count<4>())
                centre += 4
            }
            while centre < count {
                squaredDistances(
                    column, stride, points.centres + centre * dimensions, dimensions, y + (centre * stride + place),
                    Count<1>())
                centre += 1
            }
            place += 2 * V.lanes
        }
    }

    /// The same of a few centres and two vectors of points, the first coordinates of which begin at `column`.
    @inlinable @inline(__always)
    package static func squaredDistances<let number: Int>(
        _ column: UnsafePointer<Float>, _ stride: Int, _ centres: UnsafePointer<Float>, _ dimensions: Int,
        _ y: UnsafeMutablePointer<Float>, _ count: Count<number>
    ) {
        var low = InlineArray<number, V>(repeating: .zero)
        var high = InlineArray<number, V>(repeating: .zero)
        for c in 0..<dimensions {
            let (a, b) = (V(loading: column + c * stride), V(loading: column + (c * stride + V.lanes)))
            unrolled(number) { i in
                let centre = planted(.distanceCentre) && i == 3 ? 2 : i
                let x = V(broadcasting: centres[centre * dimensions + c])
                let (p, q) = (a.subtracting(x), b.subtracting(x))
                low[i] = p.multiplyAdd(p, low[i])
                high[i] = q.multiplyAdd(q, high[i])
            }
        }
        unrolled(number) { i in
            low[i].store(to: y + i * stride)
            high[i].store(to: y + (i * stride + V.lanes))
        }
    }

    /// y[i] = the lesser of y[i] and the distance of point i from the one centre; y[i] stays if the distance is NaN.
    ///
    /// Returns the largest y, at least 0.
    @inlinable @inline(never)
    package static func lowerDistances(_ points: PointDistances) -> Float {
        let (columns, stride, dimensions) = (points.columns, points.stride, points.dimensions)
        let (centre, y) = (points.centres, points.y)
        var (low, high) = (V.zero, V.zero)
        var place = 0
        while place < stride {
            var (a, b) = (V.zero, V.zero)
            for c in 0..<dimensions {
                let column = columns + (c * stride + place)
                let x = V(broadcasting: centre[c])
                let (p, q) = (
                    V(loading: column).subtracting(x), V(loading: column + V.lanes).subtracting(x)
                )
                a = p.multiplyAdd(p, a)
                b = q.multiplyAdd(q, b)
            }
            a = V(loading: y + place).smaller(a)
            b = V(loading: y + place + V.lanes).smaller(b)
            a.store(to: y + place)
            b.store(to: y + place + V.lanes)
            low = low.larger(a)
            high = high.larger(b)
            place += 2 * V.lanes
        }
        return low.larger(high).greatest
    }
}
