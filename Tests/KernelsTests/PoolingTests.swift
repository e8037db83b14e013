import Foundation
import Kernels
import Tensors
import Testing
import Workloads

/// Pooling of graphs.
@Suite struct PoolingTests {
    @Test(arguments: [
        "graphs=1,nodes=1,f=1,k=1", "graphs=1,nodes=1,f=3,k=9", "graphs=7,nodes=3,f=2,k=2",
        "graphs=5,nodes=400,f=1,k=7",
        "graphs=13,nodes=997,f=33,k=30", "graphs=300,nodes=100,f=4,k=1", "graphs=2,nodes=60,f=5,k=60,seed=9",
    ]) func `sorted nodes agree`(shape: String) throws { try expectAgreement(SortPool.kind, shape) }

    @Test(arguments: [
        "batch=1,nodes=1,edges=0,f=1", "batch=1,nodes=1,edges=5,f=3", "batch=5,nodes=3,edges=7,f=2",
        "batch=3,nodes=34,edges=156,f=17", "batch=20,nodes=997,edges=4001,f=5,ratio=0.8",
        "batch=4,nodes=100,edges=300,f=3,ratio=0", "batch=4,nodes=100,edges=300,f=3,ratio=1",
        "batch=1,graph=uniform,nodes=501,edges=1500,f=4,ratio=0.3,seed=5", "batch=300,nodes=90,edges=100,f=1",
    ]) func `best nodes agree`(shape: String) throws { try expectAgreement(TopKPool.kind, shape) }

    @Test(arguments: [
        "n=1,c=1,f=1", "b=3,n=2,c=1,f=5", "b=2,n=1,c=7,f=3", "b=5,n=13,c=4,f=9", "n=67,c=33,f=17",
        "b=2,n=150,c=40,f=65",
        "b=3,n=20,c=64,f=1",
    ]) func `clusters agree`(shape: String) throws { try expectAgreement(DiffPool.kind, shape) }

    /// Sizes differ, all nodes have a graph, and the numbers ascend.
    @Test func `nodes are divided unevenly`() throws {
        let many = try workload(SortPool.self, "graphs=50,nodes=500,f=1,k=1")
        let tensors = try Operands(allocating: many.operands)
        many.fill(tensors, seed: 1)
        let batch = numbers(tensors["batch"])
        #expect(batch == batch.sorted() && batch.allSatisfy { (0..<50).contains($0) })
        let sizes = (0..<50).map { graph in batch.count { $0 == graph } }
        #expect(sizes.contains { $0 > 20 } && sizes.contains { $0 < 4 })
        let few = try workload(SortPool.self, "graphs=50,nodes=20,f=1,k=1")
        let sparse = try Operands(allocating: few.operands)
        few.fill(sparse, seed: 1)
        #expect(Set(numbers(sparse["batch"])).count < 20)
    }

    private func numbers(_ tensor: Tensor) -> [Int] { (0..<tensor.count).map { Int(tensor[$0]) } }

    // MARK: References by hand

    @Test func `sorted nodes by hand`() throws {
        let workload = try workload(SortPool.self, "graphs=3,nodes=5,f=2,k=2")
        let tensors = try Operands(allocating: workload.operands)
        for (node, graph) in [0, 0, 0, 2, 2].enumerated() { tensors["batch"].ints[node] = Int32(graph) }
        // Of the first graph the last two, of which the second wins; of the last, equal ones keep their order.
        let x: [Float] = [9, -1, 1, 5, 2, 4, 3, 0, 4, 0]
        tensors["x"].fill { x[$0] }
        workload.reference(tensors)
        #expect(tensors["y"].elements == [1, 5, 2, 4, 0, 0, 0, 0, 3, 0, 4, 0])
    }

    @Test func `best nodes by hand`() throws {
        let workload = try workload(TopKPool.self, "batch=2,nodes=4,edges=4,f=1")
        let tensors = try Operands(allocating: workload.operands)
        for (place, number) in [0, 2, 2, 3, 4].enumerated() { tensors["pointers"].ints[place] = Int32(number) }
        for (place, number) in [1, 2, 0, 3].enumerated() { tensors["indices"].ints[place] = Int32(number) }
        for (place, number) in [0, 0, 0, 1].enumerated() { tensors["batch"].ints[place] = Int32(number) }
        let x: [Float] = [1, -2, 3, 0.5]
        tensors["x"].fill { x[$0] }
        tensors["weight"].fill { _ in 2 }
        workload.reference(tensors)
        // Two of three nodes and one of one are kept: 2, 0 and 3. The edge from 1 goes with it.
        #expect(numbers(tensors["index"]) == [2, 0, 3, -1])
        #expect(numbers(tensors["count"]) == [3, 3])
        #expect(numbers(tensors["edge_index"]) == [0, 1, 2, -1, 1, 0, 2, -1])
        let expected = [3 * tanh(3.0), tanh(1.0), 0.5 * tanh(0.5), 0].map { Float($0) }
        #expect(tensors["y"].elements == expected)
    }

    @Test func `clusters by hand`() throws {
        let workload = try workload(DiffPool.self, "n=2,c=2,f=1")
        let tensors = try Operands(allocating: workload.operands)
        // Both nodes are divided evenly: all of S is 1/2, and all of S S^T.
        tensors["x"].fill { Float($0 + 1) }
        tensors["adj"].fill { [0, 1, 2, 0.5][$0] }
        workload.reference(tensors)
        #expect(tensors["y"].elements == [1.5, 1.5])
        #expect(tensors["adj_out"].elements == [0.875, 0.875, 0.875, 0.875])
        #expect(abs(tensors["link_loss"].elements[0] - Float(2.75.squareRoot() / 4)) < 1e-6)
        #expect(abs(tensors["entropy_loss"].elements[0] - 0.693_147_2) < 1e-6)
    }

    // MARK: Inputs that hurt

    /// NaN is the largest, of either sign.
    @Test func `NaN comes first`() throws {
        let draws = Draws("x", seed: 2)
        for value in [.nan, -.nan, .infinity, -.infinity] as [Float] {
            try expectAgreement(SortPool.kind, "graphs=1,nodes=30,f=1,k=9") { $0 % 7 == 3 ? value : draws.unit($0) }
        }
    }

    // MARK: Costs and errors

    @Test func `costs`() throws {
        let diff = Costs(try workload(DiffPool.self, "batch=2,nodes=10,clusters=3,features=4"))
        #expect(diff.macs == 2 * (3 * 10 * 4 + 3 * 10 * 10 + 3 * 10 * 3 + 10 * 10 * 3) && diff.parameters == 0)
        let top = Costs(try workload(TopKPool.self, "batch=1,nodes=10,edges=20,features=4"))
        #expect(top.macs == 40 && top.parameters == 4)
        #expect(top.elementOperations.first == ElementOperations("multiply", 24))
        let sort = Costs(try workload(SortPool.self, "graphs=2,nodes=10,features=4,k=3"))
        #expect(sort.macs == 0 && sort.outputBytes == 4 * 24)
    }

    @Test func `impossible shapes`() throws {
        let large = "2147483647"
        expectRefusal(SortPool.kind, "graphs=0,nodes=1,f=1,k=1", at: "graphs")
        expectRefusal(SortPool.kind, "graphs=\(large),nodes=1,f=\(large),k=\(large)", at: nil, "smaller")
        expectRefusal(TopKPool.kind, "batch=1,nodes=1,edges=1,f=1,ratio=1.5", at: "ratio")
        expectRefusal(TopKPool.kind, "batch=1,edges=1,f=1", at: "graph", "nodes")
        expectRefusal(DiffPool.kind, "n=\(large),c=1,f=1", at: nil, "smaller")
        let text = "%%MatrixMarket matrix coordinate pattern general\n3 9 1\n1 2\n"
        try withFile(text.utf8) { path in
            expectRefusal(TopKPool.kind, "batch=1,graph=\(path),f=1", at: "graph", "square")
        }
    }

    /// The edges of a file may lead from graph to graph.
    @Test func `a graph of a file`() throws {
        let text = "%%MatrixMarket matrix coordinate pattern general\n5 5 6\n1 2\n1 5\n3 2\n3 2\n5 5\n4 1\n"
        try withFile(text.utf8) { path in
            try expectAgreement(TopKPool.kind, "batch=2,graph=\(path),f=3,ratio=0.7")
        }
    }
}
