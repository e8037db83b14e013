import Kernels
import TestSupport
import Testing
import Workloads

/// Damaged graph files never end the program: each gives edges that are where it says, or an error with its line.
@Suite struct GraphFuzzTests {
    @Test func damagedFiles() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let damage = TextDamage(
                [
                    "%%MatrixMarket matrix coordinate real general\n% a comment\n3 4 3\n1 4 0.5\n3 1 -2e1\n3 1 7\n",
                    "%%MatrixMarket matrix coordinate pattern symmetric\n5 5 4\n1 1\n3 1\n5 2\n5 5\n",
                    "%%MatrixMarket matrix coordinate integer general\r\n2 2 2\r\n 1\t2 9\r\n\r\n2  2 -1",
                ],
                words: [
                    "%", " ", "1 1", "2147483647", "2147483648", "1e39", "general", "symmetric", "pattern", "real",
                    "integer", "0.5", "%%MatrixMarket", "\r",
                ])
            Fuzzing.run(expecting: ["read", "refused"]) { draws in
                let list: EdgeList
                do throws(ShapeError) {
                    list = try damage.input(&draws).withUnsafeBytes { bytes in
                        Result { () throws(ShapeError) in try MatrixMarket.parse(bytes, file: "fuzz.mtx") }
                    }.get()
                } catch {
                    if !error.message.contains("fuzz.mtx:") || error.remedy.isEmpty {
                        throw Fuzzing.Finding("no place or no remedy: \(error)")
                    }
                    return "refused"
                }
                guard list.sources.count == list.destinations.count,
                    list.sources.allSatisfy({ 0 <= $0 && Int($0) < list.columns }),
                    list.destinations.allSatisfy({ 0 <= $0 && Int($0) < list.rows })
                else { throw Fuzzing.Finding("an edge that leads nowhere") }
                let touched = TouchedNodes(list)
                guard touched.sources <= list.columns, touched.destinations <= list.rows else {
                    throw Fuzzing.Finding("more nodes than there are")
                }
                // Larger ones are refused for want of memory before they are made.
                if list.rows + list.columns < 1 << 20, CSR(list).indices.count != list.count {
                    throw Fuzzing.Finding("edges are lost")
                }
                return "read"
            }
        }
        #expect(
            Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }
}
