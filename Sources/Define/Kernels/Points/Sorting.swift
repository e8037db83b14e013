/// A point by its distance; of equally distant ones the one with the lower number comes first.
struct DistantPoint: Comparable, BitwiseCopyable {
    /// Not NaN.
    let distance: Double
    let point: Int32

    static func < (a: DistantPoint, b: DistantPoint) -> Bool {
        a.distance < b.distance || a.distance == b.distance && a.point < b.point
    }
}

extension UnsafeMutablePointer where Pointee: Comparable & BitwiseCopyable {
    /// Sorts the elements from here on, the least first, without memory of its own: a few by insertion, many by a heap
    /// (Williams, "Heapsort", 1964).
    func sort(_ count: Int) {
        if count <= 64 {
            sortByInsertion(count)
        } else if !isSorted(count) {
            sortByHeap(count)
        }
    }

    private func sortByInsertion(_ count: Int) {
        for next in stride(from: 1, to: count, by: 1) {
            let element = self[next]
            var place = next
            while place > 0, element < self[place - 1] {
                self[place] = self[place - 1]
                place -= 1
            }
            self[place] = element
        }
    }

    private func isSorted(_ count: Int) -> Bool {
        for next in stride(from: 1, to: count, by: 1) where self[next] < self[next - 1] { return false }
        return true
    }

    private func sortByHeap(_ count: Int) {
        for root in stride(from: count / 2 - 1, through: 0, by: -1) { sink(self[root], from: root, among: count) }
        for last in stride(from: count - 1, to: 0, by: -1) {
            let element = self[last]
            self[last] = self[0]
            sink(element, from: 0, among: last)
        }
    }

    /// Puts an element into the heap below a place that is free.
    private func sink(_ element: Pointee, from free: Int, among count: Int) {
        var place = free
        while 2 * place + 1 < count {
            var child = 2 * place + 1
            if child + 1 < count, self[child] < self[child + 1] { child += 1 }
            guard element < self[child] else { break }
            self[place] = self[child]
            place = child
        }
        self[place] = element
    }
}
