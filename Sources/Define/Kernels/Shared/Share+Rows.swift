import Threads

extension UnsafePointer<Int32> {
    /// If these are the pointers of `rows` rows: the first row that begins at `edge` or after it.
    func firstRow(from edge: Int, of rows: Int) -> Int {
        var (low, high) = (0, rows)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle]) < edge { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Share {
    /// Whole rows, with about as many edges as every other share has.
    func rows(of pointers: UnsafePointer<Int32>, count: Int) -> Range<Int> {
        let edges = range(of: Int(pointers[count]))
        let first = index == 0 ? 0 : pointers.firstRow(from: edges.lowerBound, of: count)
        return first..<(index == self.count - 1 ? count : pointers.firstRow(from: edges.upperBound, of: count))
    }
}
