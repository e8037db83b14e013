import Foundation
import Kernels
import Tensors
import Testing
import Workloads

@Suite struct AttentionTests {
    @Test(arguments: [
        "heads=1,query=1,dim=1", "heads=3,query=7,dim=5", "heads=2,query=13,key=29,dim=17",
        "heads=2,query=29,key=13,dim=64",
        // Several blocks of keys, the last one shorter; several chunks of queries; values that are packed and not.
        "heads=1,query=15,key=1100,dim=40", "heads=1,query=1030,key=515,dim=64,causal=true",
        "heads=1,query=3,key=513,dim=32",
        "batch=3,heads=4,query=5,dim=32", "heads=2,query=64,dim=64",
        // Grouped heads.
        "heads=8,key_heads=2,query=11,dim=16", "batch=2,heads=6,key_heads=3,query=4,key=9,dim=8,causal=true",
        "heads=4,key_heads=1,query=1,key=50,dim=16",
        // Causal, with as many keys as queries, more and fewer.
        "heads=2,query=19,dim=8,causal=true", "heads=2,query=7,key=31,dim=8,causal=true",
        "heads=2,query=31,key=7,dim=8,causal=true", "heads=1,query=2,key=1,dim=3,causal=true",
        // One query: a step of decoding.
        "heads=3,query=1,key=127,dim=64", "batch=2,heads=4,key_heads=2,query=1,key=33,dim=16,causal=true",
        "heads=2,query=1,key=1,dim=16",
        // Decoding with shared heads, over caches shorter and longer than what is multiplied at a time.
        "batch=3,heads=8,key_heads=2,query=1,key=128,dim=16", "heads=6,key_heads=2,query=1,key=129,dim=33",
        "batch=2,heads=12,key_heads=1,query=1,key=777,dim=8,causal=true",
        "heads=32,key_heads=8,query=1,key=300,dim=128",
        // Queries, keys and values of a token side by side.
        "heads=1,query=1,dim=1,packed=true", "heads=3,query=1,dim=16,packed=true",
        "batch=2,heads=3,query=7,dim=5,packed=true", "batch=3,heads=2,query=50,dim=32,packed=true",
        "heads=2,query=530,dim=64,causal=true,packed=true",
    ]) func implementationsAgree(shape: String) throws {
        try expectAgreement(Attention.kind, shape)
    }

    /// Equal scores weigh the values alike; scores ln 3 apart weigh them 1 to 3.
    @Test func referenceByHand() throws {
        let even = try reference(
            Attention.kind, "heads=1,query=1,key=2,dim=1", ["q": [0], "k": [5, 7], "v": [1, 3]])
        #expect(even == [2])
        let scores = try reference(
            Attention.kind, "heads=1,query=1,key=2,dim=4",
            ["q": [2, 0, 0, 0], "k": [0, 9, 9, 9, Float(log(3.0)), 9, 9, 9], "v": [0, 4, 0, 0, 4, 0, 8, 0]])
        #expect(zip(scores, [3, 1, 6, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    /// Masks are aligned at the ends: the last query sees every key.
    @Test func causalByHand() throws {
        let given: [String: [Float]] = ["q": [0, 0], "k": [1, 2, 3], "v": [2, 4, 9]]
        #expect(try reference(Attention.kind, "heads=1,query=2,key=3,dim=1,causal=true", given) == [3, 5])
        let fewer: [String: [Float]] = ["q": [0, 0, 0], "k": [1, 2], "v": [2, 4]]
        #expect(try reference(Attention.kind, "heads=1,query=3,key=2,dim=1,causal=true", fewer) == [0, 2, 3])
    }

    @Test func neighbouringHeadsShareKeys() throws {
        let y = try reference(
            Attention.kind, "heads=4,key_heads=2,query=1,key=1,dim=1", ["k": [1, 1], "v": [10, 20]])
        #expect(y == [10, 10, 20, 20])
    }

    @Test func packedByHand() throws {
        // Two tokens of two heads of one element: [q q k k v v] each. Scores are 0, and values weigh alike.
        let y = try reference(
            Attention.kind, "heads=2,query=2,dim=1,packed=true", ["qkv": [0, 0, 1, 2, 10, 20, 0, 0, 3, 4, 30, 60]])
        #expect(y == [20, 40, 20, 40])
        // Head by head, the same numbers give the same.
        let (packed, apart) = (
            try workload(Attention.self, "batch=2,heads=3,query=5,dim=4,packed=true"),
            try workload(Attention.self, "batch=2,heads=3,query=5,dim=4")
        )
        let (one, other) = (
            try Operands(allocating: packed.operands), try Operands(allocating: apart.operands)
        )
        packed.fill(one, seed: 1)
        for batch in 0..<2 {
            for head in 0..<3 {
                for place in 0..<20 {
                    let (token, i) = place.quotientAndRemainder(dividingBy: 4)
                    let own = ((batch * 5 + token) * 9 + head) * 4 + i
                    for (part, name) in ["q", "k", "v"].enumerated() {
                        other[name].floats[(batch * 3 + head) * 20 + place] = one["qkv"].floats[own + part * 12]
                    }
                }
            }
        }
        packed.reference(one)
        apart.reference(other)
        #expect(one["y"].elements.sorted() == other["y"].elements.sorted())
        #expect(one["y"].elements[3 * 4 + 2] == other["y"].elements[4 + 2])
    }

    /// A NaN in a query is the end of that query; in a key, of all queries that see it; so is an infinite score.
    @Test(
        arguments: ["q", "k", "v"], [.nan, .infinity] as [Float])
    func notFiniteReachesItsHeadsOnly(operand: String, value: Float) throws {
        let draws = Draws(operand, seed: 2)
        for shape in ["query=1,key=150", "query=3,key=5"] {
            try expectAgreement(
                Attention.kind, "batch=2,heads=4,key_heads=2,dim=8,\(shape)", operand: operand
            ) { $0 == 20 ? value : draws.unit($0) }
        }
    }

    /// Where all scores of a query are -inf its weights are 0 / 0; where some are, those keys do not count.
    @Test func scoresOfMinusInfinity() throws {
        for keys in [1, 2, 40] {
            for shape in ["query=1", "query=3"] {
                try expectAgreement(
                    Attention.kind, "heads=1,dim=32,key=\(keys),\(shape)", operand: "k"
                ) { $0 % 32 == 3 && $0 < 32 * 37 ? -.infinity : 1 }
            }
        }
    }

    @Test func decodingKeepsTheScoresOfSharedHeads() throws {
        let decoding = try workload(Attention.self, "heads=32,key_heads=8,query=1,key=100,dim=16")
        #expect(
            decoding.implementations.filter { $0.name == "openblas" }.map { $0.workspace.bytes(threads: 1) } == [
                4 * 4 * 100
            ])
        let prefill = try workload(Attention.self, "heads=32,key_heads=8,query=10,key=100,dim=16")
        #expect(
            prefill.implementations.filter { $0.name == "openblas" }.map { $0.workspace.bytes(threads: 1) } == [
                4 * 10 * 100
            ])
    }

    /// The outputs of a query that sees many keys are small beside those of one that sees few: each has its own tolerance.
    @Test func toleranceIsThatOfAQuery() throws {
        let workload = try workload(Attention.self, "heads=1,query=402,dim=32,causal=true")
        let tensors = try Operands(allocating: workload.operands)
        workload.fill(tensors, seed: 1)
        workload.reference(tensors)
        let answer = try tensors.withFreshOutputs(of: workload.operands)
        try workload.implementations[0].prepare(answer, workload.implementations[0].setting()).run()
        #expect(workload.deviation(of: answer, from: tensors)?.isTolerable == true)
        // One of those whose keys all weigh alike.
        for i in 0..<32 { answer["y"].floats[400 * 32 + i] *= 1.0001 }
        let found = try #require(workload.deviation(of: answer, from: tensors))
        #expect(!found.isTolerable && found.index / 32 == 400 && found.reductionLength == 401)
    }

    @Test func costs() throws {
        let vision = Costs(try workload(Attention.self, "heads=12,query=197,dim=64"))
        #expect(vision.macs == 2 * 12 * 197 * 197 * 64)
        #expect(vision.elementOperations == [ElementOperations("exp", 12 * 197 * 197)])
        #expect(vision.parameters == 0)
        let shape = "batch=2,heads=8,key_heads=2,query=16,key=64,dim=32"
        let (full, causal) = (try workload(Attention.self, shape), try workload(Attention.self, shape + ",causal=true"))
        #expect(full.macs == 2 * 2 * 8 * 16 * 64 * 32)
        #expect(causal.macs == full.macs)
        #expect(Costs(full).inputBytes == 4 * (2 * 8 * 16 * 32 + 2 * 2 * 2 * 64 * 32))
        #expect(full.reductionLength == 64)
    }

    @Test func impossibleShapes() {
        expectRefusal(
            Attention.kind, "heads=12,key_heads=5,query=8,dim=64", at: "key_heads",
            "5 key heads do not divide 12 heads",
            "use 4 or 6,")
        expectRefusal(
            Attention.kind, "heads=4,key_heads=2,query=8,dim=64,packed=true", at: "packed", "leave out 'key_heads'")
        expectRefusal(Attention.kind, "heads=4,query=8,key=9,dim=64,packed=true", at: "packed", "as many keys")
        expectRefusal(Attention.kind, "heads=4,key_heads=8,query=8,dim=64", at: "key_heads", "use 4,")
        expectRefusal(Attention.kind, "heads=2147483647,query=2147483647,dim=64", at: nil, "overflows")
    }
}
