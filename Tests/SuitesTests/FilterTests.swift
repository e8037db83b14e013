import Results
import Suites
import Testing

@Suite struct FilterTests {
    @Test(arguments: [
        ("", true), ("conv2d", true), ("CONV2D g=32", true), ("conv2d g=8", false), ("!spmm", true), ("!conv2d", false),
        ("spmm|conv2d", true), ("!spmm|conv2d", false), ("grouped", true), ("openblas t2", false),
    ])
    func choosesByNameAndLabel(expression: String, chosen: Bool) {
        let filter = CaseFilter(expression)
        #expect(filter.matches(name: "conv2d[ci=256,g=32]/openblas/f32/t1", label: "Grouped g32 256@28") == chosen)
    }
}

@Suite struct ShardTests {
    private static let text = """
        defaults: { threads: [1, 2] }
        cases: [{ kernel: matmul, with: { k: 1, n: 1 }, sweep: { m: [1, 2, 3, 4, 5] }, implementations: [openblas, reference] }]
        """

    @Test(arguments: [1, 2, 3, 5, 8])
    func sharesAreDisjointWholeAndKeepShapesTogether(count: Int) throws {
        let cases = try plan(Self.text).cases
        let shares = try (1...count).map { try #require(Shard("\($0)/\(count)")).share(of: cases) }
        #expect(shares.flatMap { $0.map(\.name) }.sorted() == cases.map(\.name).sorted())
        for share in shares {
            for (_, group) in Dictionary(grouping: share, by: \.workload.name) { #expect(group.count == 4) }
        }
    }

    @Test(arguments: ["", "1", "0/2", "3/2", "a/b", "1/2/3", "-1/2", "1/0"])
    func whatIsNoShareIsRefused(text: String) { #expect(Shard(text) == nil) }
}
