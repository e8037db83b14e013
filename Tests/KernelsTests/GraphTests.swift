import Kernels
import Tensors
import Testing
import Workloads

@Suite struct GraphTests {
    /// FNV-1a-64 of the little-endian bytes.
    private func hash(_ numbers: [Int32]) -> UInt64 {
        numbers.withUnsafeBytes { bytes in
            bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
    }

    /// Hashes of pointers and indices, and the longest row, made by the same definition in NumPy.
    @Test(
        arguments: [
            (10, 8, 1, 0xDEDC_1416_D327_B3C3, 0x636D_9A41_7361_12DA),
            (1, 5, 1, 0x88E2_9C08_790D_8AF0, 0xEE85_FAFD_354B_0935),
            (2, 7, 3, 0xF861_F0DF_A05F_EAE6, 0xFAA4_26D0_379D_A325),
            (1000, 5000, 7, 0x76CA_56D2_A57A_D844, 0xCFF3_EE4F_C61F_9DA7),
            (2708, 10556, 1, 0x6434_CCCF_B127_3F8E, 0x0D0A_853A_4A8B_4B19),
        ] as [(Int, Int, UInt64, UInt64, UInt64)])
    func rmatIsTheGraphOfItsDefinition(
        nodes: Int, edges: Int, seed: UInt64, pointers: UInt64, indices: UInt64
    ) {
        let graph = CSR(RMAT.edges(nodes: nodes, edges: edges, seed: seed))
        #expect(hash(graph.pointers) == pointers)
        #expect(hash(graph.indices) == indices)
    }

    @Test func rmatListsEdgesInTheirOrder() {
        let edges = RMAT.edges(nodes: 169343, edges: 1_166_243, seed: 1)
        #expect(edges.sources.prefix(5) == [90824, 66149, 166310, 55929, 74569])
        #expect(edges.destinations.prefix(5) == [66865, 109329, 92295, 155333, 96679])
        #expect(edges.sources.suffix(3) == [164843, 41174, 162906])
        let pointers = CSR(edges).pointers
        #expect(zip(pointers.dropFirst(), pointers).map { $0 - $1 }.max() == 8377)
    }

    @Test func uniformIsTheGraphOfItsDefinition() {
        let small = UniformGraph.edges(nodes: 10, edges: 8, seed: 1)
        #expect(small.sources == [6, 2, 4, 8, 6, 5, 0, 3])
        #expect(small.destinations == [6, 0, 4, 1, 9, 2, 9, 9])
        let large = UniformGraph.edges(nodes: 1000, edges: 5, seed: 3)
        #expect(large.sources == [664, 409, 576, 278, 898])
        #expect(large.destinations == [497, 756, 482, 34, 175])
    }

    @Test func uniformDrawsEveryNode() {
        let edges = UniformGraph.edges(nodes: 7, edges: 1000, seed: 2)
        #expect(Set(edges.sources) == Set(0..<7))
        #expect(Set(edges.destinations) == Set(0..<7))
        let single = UniformGraph.edges(nodes: 1, edges: 3, seed: 2)
        #expect(single.sources == [0, 0, 0] && single.destinations == [0, 0, 0])
    }

    @Test func csrOrdersByDestinationThenSourceThenPlace() {
        let graph = CSR(
            EdgeList(
                rows: 4, columns: 6, sources: [5, 0, 5, 2, 5], destinations: [3, 3, 0, 3, 3], weights: [1, 2, 3, 4, 5]))
        #expect(graph.pointers == [0, 1, 1, 1, 5])
        #expect(graph.indices == [5, 0, 2, 5, 5])
        #expect(graph.weights == [3, 2, 4, 1, 5])
    }

    @Test func csrAgreesWithSorting() {
        let edges = RMAT.edges(nodes: 97, edges: 1009, seed: 5)
        let sorted = zip(edges.destinations, edges.sources).sorted { $0 < $1 }
        let graph = CSR(edges)
        #expect(graph.indices == sorted.map(\.1))
        for row in 0..<97 {
            let run = Int(graph.pointers[row])..<Int(graph.pointers[row + 1])
            #expect(sorted[run].allSatisfy { $0.0 == row })
        }
        #expect(graph.pointers.count == 98)
        #expect(graph.pointers.last == 1009)
    }

    @Test func graphsWithoutEdges() {
        let graph = CSR(RMAT.edges(nodes: 3, edges: 0, seed: 1))
        #expect(graph.pointers == [0, 0, 0, 0])
        #expect(graph.indices.isEmpty)
        #expect(graph.weights == nil)
    }
}
