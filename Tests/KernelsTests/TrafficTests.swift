import Kernels
import Settings
import Tensors
import Testing
import Workloads

/// The least traffic is what outputs depend on: an element of an input counts if a NaN in it reaches an output.
@Suite struct TrafficTests {
    @Test(arguments: [
        "ci=2,co=2,h=7,w=6,k=1,s=2", "ci=2,co=2,h=8,w=8,k=2,s=3,p=0", "ci=1,co=1,h=9,w=9,k=2,s=1,d=3,p=0",
        "ci=1,co=1,h=9,w=8,k=2,s=5,d=2,p=1", "ci=2,co=1,h=6,w=6,k=3,s=2,p=0", "ci=1,co=1,h=5,w=5,k=3",
    ]) func convolutions(shape: String) throws { try expectTraffic(Conv2D.kind, shape) }

    @Test(arguments: [
        "c=2,h=7,w=7,k=2,s=3", "kind=average,c=1,h=8,w=7,k=1,s=2", "c=1,h=7,w=7,k=3,s=2,p=1", "c=1,h=7,w=5,k=2",
    ]) func pooling(shape: String) throws { try expectTraffic(Pool2D.kind, shape) }

    @Test func slices() throws { try expectTraffic(ChannelSlice.kind, "c=8,h=2,w=3,from=3,count=4") }

    @Test func sorting() throws {
        for shape in ["graphs=3,nodes=20,f=3,k=4", "graphs=1,nodes=7,f=1,k=2", "graphs=9,nodes=5,f=2,k=1"] {
            try expectTraffic(SortPool.kind, shape)
        }
    }

    @Test func gathering() throws {
        for shape in ["rows=1,count=3,f=2", "rows=40,count=9,f=3", "rows=9,count=40,f=1", "rows=900,count=2,f=1"] {
            try expectTraffic(Gather.kind, shape)
        }
    }

    @Test(arguments: ["nearest", "bilinear"]) func resizing(kind: String) throws {
        for sizes in ["h=9,w=8,oh=4,ow=2", "h=3,w=4,oh=7,ow=4", "h=6,w=6,oh=3,ow=3", "h=9,w=9,oh=3,ow=1"] {
            try expectTraffic(Resize.kind, "kind=\(kind),c=1,\(sizes)")
        }
    }

    @Test(arguments: ["rmat", "uniform"]) func randomGraphs(graph: String) throws {
        for size in ["nodes=1,edges=0", "nodes=20,edges=9", "nodes=40,edges=200", "nodes=3000,edges=5"] {
            let few = size.hasPrefix("nodes=3000") ? 1 : 2
            try expectTraffic(SpMM.kind, "graph=\(graph),\(size),f=\(few)")
            try expectTraffic(SDDMM.kind, "graph=\(graph),\(size),f=\(few)")
            try expectTraffic(EdgeSoftmax.kind, "graph=\(graph),\(size),heads=\(few)")
            guard few > 1 else { continue }
            try expectTraffic(GATv2Scores.kind, "graph=\(graph),\(size),d=2,e=true")
            try expectTraffic(EdgeMatMul.kind, "graph=\(graph),\(size),fi=2,fo=2")
            try expectTraffic(MixtureAggregate.kind, "graph=\(graph),\(size),f=2,k=2")
            try expectTraffic(SplineAggregate.kind, "graph=\(graph),\(size),fi=2,fo=2,kernels=3,active=2")
            try expectTraffic(RGCNAggregate.kind, "graph=\(graph),\(size),fi=2,fo=2,relations=3")
        }
    }

    @Test func filesWithColumnsThatNoEntryHas() throws {
        let text = "%%MatrixMarket matrix coordinate pattern general\n3 9 4\n1 2\n1 9\n3 2\n3 2\n"
        try withFile(text.utf8) { path in
            try expectTraffic(SpMM.kind, "graph=\(path),f=3")
            try expectTraffic(SpMM.kind, "graph=\(path),f=3,reduce=max")
            try expectTraffic(SDDMM.kind, "graph=\(path),f=3")
            try expectTraffic(GATv2Scores.kind, "graph=\(path),d=3")
            try expectTraffic(RGCNAggregate.kind, "graph=\(path),fi=9,fo=2,relations=3,bases=2,featureless=true")
        }
        // No entry reads a row of what would be eight gigabytes.
        let wide = "%%MatrixMarket matrix coordinate pattern general\n1 1000000000 1\n1 7\n"
        try withFile(wide.utf8) { path in
            let costs = Costs(try workload(SpMM.kind, "graph=\(path),f=2"))
            #expect(costs.leastTraffic == 4 * (2 + 1 + 2 + 2))
        }
    }

    /// Nothing is left unread of what has no gaps.
    @Test func products() throws {
        try expectTraffic(MatMul.kind, "m=2,k=3,n=2")
        try expectTraffic(LayerNorm.kind, "rows=2,f=3")
    }

    private func expectTraffic(
        _ kind: Kind, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let workload = try workload(kind, text)
        let tensors = try Operands(allocating: workload.operands)
        try workload.fill(tensors, seed: 1)
        let outputs = workload.operands.filter { $0.role == .output }.map(\.name)
        var unread = 0
        for operand in workload.operands where operand.role == .input && operand.element == .f32 {
            let values = tensors[operand.name].floats
            for index in 0..<operand.shape.count {
                let value = values[index]
                values[index] = .nan
                try workload.reference(tensors)
                values[index] = value
                let isSeen = outputs.contains { tensors[$0].elements.contains(where: \.isNaN) }
                if !isSeen { unread += ElementType.f32.size }
            }
        }
        #expect(workload.unreadBytes == unread, sourceLocation: sourceLocation)
        #expect(Costs(workload).leastTraffic == Costs(workload).weightBytes + Costs(workload).operandBytes - unread)
    }
}
