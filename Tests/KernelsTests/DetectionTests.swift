import Foundation
import Kernels
import Tensors
import Testing
import Workloads

@Suite struct DetectionTests {
    @Test(arguments: [
        "h=1,w=1,classes=1", "h=64,w=48,classes=5", "n=2,h=100,w=37,classes=3,top=7", "h=33,w=260,classes=7,top=1",
        "h=128,w=128,classes=20,threshold=0.0025", "n=3,h=32,w=32,classes=2,threshold=0.9",
        "h=32,w=32,classes=2,threshold=0", "h=32,w=32,classes=2,threshold=1",
    ]) func `decoding agrees`(shape: String) throws { try expectAgreement(BoxDecode.kind, shape) }

    @Test(arguments: [
        "boxes=1", "boxes=7,keep=300", "n=3,boxes=100,classes=1", "boxes=1000,classes=300,keep=50",
        "boxes=500,classes=2,iou=0", "boxes=500,classes=2,iou=1", "boxes=640,classes=1,keep=1",
    ]) func `suppression agrees`(shape: String) throws { try expectAgreement(NonMaximumSuppression.kind, shape) }

    /// Of an image of one pixel every level has one pixel, and nine anchors around the origin.
    private static func decode(_ shape: String, _ logits: [Int: Float], _ shifts: [Int: [Float]] = [:]) throws
        -> [[Float]]
    {
        let anchors = 45
        var all = [Float](repeating: -9, count: anchors)
        for (anchor, logit) in logits { all[anchor] = logit }
        var moves = [Float](repeating: 0, count: 4 * anchors)
        for (anchor, shift) in shifts { moves.replaceSubrange(4 * anchor..<4 * anchor + 4, with: shift) }
        let y = try reference(BoxDecode.kind, "classes=1,\(shape)", ["logits": all, "regression": moves])
        return stride(from: 0, to: y.count, by: 6).map { Array(y[$0..<$0 + 6]) }
    }

    @Test func `anchors are those of torchvision`() throws {
        let image = "h=1,w=1,top=1"
        // Cut to the image, a box around the origin is the whole pixel.
        #expect(try Self.decode(image, [4: 0])[0] == [0, 0, 1, 1, 0.5, 0])
        // The anchors of P3, as torchvision's generator prints them: ratios 0.5, 1 and 2 of 32, 40 and 50 pixels.
        let sizes: [[Float]] = [
            [23, 11], [28, 14], [35, 18], [16, 16], [20, 20], [25, 25], [11, 23], [14, 28], [18, 35],
        ]
        for (anchor, size) in sizes.enumerated() {
            // Halved until it fits into the pixel, and moved by so much that its corner is the origin's.
            let shrink = Float(log(1 / 128.0))
            let box = try Self.decode(image, [anchor: 0], [anchor: [1 / 256, 1 / 256, shrink, shrink]])[0]
            #expect(abs(box[2] - size[0] / 64) < 1e-5 && abs(box[3] - size[1] / 64) < 1e-5, "anchor \(anchor)")
            #expect(abs(box[0]) < 1e-5 && abs(box[1]) < 1e-5)
        }
    }

    @Test func `the best of each level come first, and nothing below the threshold`() throws {
        let rows = try Self.decode("h=1,w=1,top=3", [0: -1, 1: 2, 2: 2, 3: 0, 9: -2, 10: -3, 44: 1])
        let scores = rows.map { ($0[4] * 1000).rounded() }
        // Three rows a level: 2, 2 and 0 of the four of P3; -2 of P4, as -3 is a score of 0.047; 1 of P7.
        #expect(scores == [881, 881, 500, 119, 0, 0, 0, 0, 0, 0, 0, 0, 731, 0, 0])
    }

    @Test func `boxes move, stretch and stay inside`() throws {
        // At 512x512 P7 has strides of 128; its anchor 3 at pixel (1, 1) stands around (128, 128), 512 pixels wide and
        // high.
        let shape = "h=512,w=512,classes=1,top=1"
        let workload = try workload(BoxDecode.self, shape)
        let tensors = try Operands(allocating: workload.operands)
        tensors["logits"].fill { _ in -9 }
        let anchor = 9 * (64 * 64 + 32 * 32 + 16 * 16 + 8 * 8 + 5) + 3
        tensors["logits"].floats[anchor] = 0
        let shift: [Float] = [0.1, 0.2, Float(log(0.25)), Float(log(0.125))]
        for i in 0..<4 { tensors["regression"].floats[4 * anchor + i] = shift[i] }
        workload.reference(tensors)
        let box = Array(tensors["y"].elements[24..<30])
        // Middle (179.2, 230.4), 128 wide and 64 high.
        #expect(zip(box, [115.2, 198.4, 243.2, 262.4, 0.5, 0]).allSatisfy { abs($0 - $1) < 1e-3 })
        // A stretch beyond 1000 / 16 is one of 1000 / 16, and the image is all that is left.
        tensors["regression"].floats[4 * anchor + 2] = 50
        workload.reference(tensors)
        #expect(tensors["y"].elements[24] == 0 && tensors["y"].elements[26] == 512)
    }

    @Test func `a better box of the class ends those that overlap it`() throws {
        func detect(_ options: String, _ rows: [[Float]]) throws -> [[Float]] {
            let y = try reference(
                NonMaximumSuppression.kind, "boxes=\(rows.count),classes=2\(options)", ["x": rows.flatMap(\.self)])
            return stride(from: 0, to: y.count, by: 6).map { Array(y[$0..<$0 + 6]) }
        }
        let best: [Float] = [0, 0, 10, 10, 0.9, 0]
        let half: [Float] = [0, 0, 10, 5, 0.8, 0]  // shares exactly a half
        let more: [Float] = [0, 0, 10, 6, 0.7, 0]
        let other: [Float] = [0, 0, 10, 10, 0.6, 1]
        let none: [Float] = [0, 0, 10, 10, 0, 1]
        let empty = [Float](repeating: 0, count: 6)
        // `more` shares 0.6 with the best, `half` no more than the threshold, and classes do not see one another.
        #expect(try detect("", [other, more, none, half, best]) == [best, half, other, empty, empty])
        #expect(try detect(",keep=2", [other, more, none, half, best]) == [best, half])
        #expect(try detect(",iou=0.7", [best, half, more]) == [best, half, empty])
        // A box that was ended ends no other: `far` overlaps `more` alone.
        let far: [Float] = [0, 4, 10, 10, 0.5, 0]
        #expect(try detect("", [best, more, far]) == [best, empty, empty])
        #expect(
            try detect("", [half, [0, 4, 10, 9, 0.7, 0], [0, 4, 10, 8, 0.5, 0]]) == [
                half, [0, 4, 10, 9, 0.7, 0], empty,
            ])
        // Of equal scores the first counts.
        let twin: [Float] = [0, 0, 9, 10, 0.9, 0]
        #expect(try detect("", [twin, best]) == [twin, empty])
        #expect(try detect("", [best, twin]) == [best, empty])
    }

    @Test func costs() throws {
        // Torchvision counts as many anchors.
        let full = try workload(BoxDecode.self, "size=640")
        #expect(full.operands.first { $0.name == "logits" }?.shape.extents == [1, 76725, 91])
        // The last level has 225 anchors, and every level more than a thousand scores.
        #expect(full.operands.last?.shape.extents == [1, 5000, 6])
        let wide = try workload(BoxDecode.self, "h=800,w=1344")
        #expect(wide.operands.first { $0.name == "regression" }?.shape.extents == [1, 201600, 4])
        #expect(Costs(full).macs == 0 && Costs(full).parameters == 0)
    }

    @Test func `impossible shapes`() {
        expectRefusal(BoxDecode.kind, "h=20000,w=20000,classes=1000", at: "classes", "more than 32 bits")
        expectRefusal(BoxDecode.kind, "h=2147483647,w=2147483647", at: nil, "overflows")
    }
}
