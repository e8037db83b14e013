import Kernels
import Testing
import Workloads

/// Kernels that move channels about: what networks are glued together with.
@Suite struct ChannelTests {
    @Test(arguments: ["h=1,w=1,c=1", "h=3,w=5,c=1+1", "n=2,h=7,w=3,c=17+1+15", "h=2,w=2,c=2+2+2+2+2+2"])
    func `concat agrees`(shape: String) throws { try expectAgreement(Concat.kind, shape) }

    @Test(arguments: ["c=1,h=1,w=1,count=1", "n=2,c=17,h=3,w=5,from=16,count=1", "c=8,h=2,w=2,from=2,count=6"])
    func `slices agree`(shape: String) throws { try expectAgreement(ChannelSlice.kind, shape) }

    @Test(arguments: ["c=1,h=1,w=1,g=1", "n=2,c=34,h=3,w=5,g=2", "c=35,h=2,w=7,g=5", "c=6,h=1,w=1,g=6"])
    func `shuffles agree`(shape: String) throws { try expectAgreement(ChannelShuffle.kind, shape) }

    @Test(arguments: ["c=1,h=1,w=1", "n=3,c=17,h=3,w=5", "c=64,h=1,w=13"], [false, true])
    func `scales agree`(shape: String, learned: Bool) throws {
        try expectAgreement(ChannelScale.kind, shape + ",learned=\(learned)")
    }

    @Test(arguments: [
        "c=1,h=1,w=1,oh=1,ow=1", "c=3,h=1,w=1,oh=7,ow=5", "n=2,c=17,h=7,w=5,oh=3,ow=20", "c=8,h=4,w=4,oh=8,ow=8",
    ])
    func `resizing agrees`(shape: String) throws {
        try expectAgreement(Resize.kind, shape)
        try expectAgreement(Resize.kind, "kind=nearest," + shape)
    }

    @Test func `resizing is that of PyTorch`() throws {
        // interpolate([1, 2, 4], size 6): half pixels outside are the border's.
        let x: [Float] = [1, 2, 4]
        #expect(
            try reference(Resize.kind, "c=1,h=1,w=3,oh=1,ow=6", ["x": x]) == [1, 1.25, 1.75, 2.5, 3.5, 4])
        #expect(
            try reference(Resize.kind, "kind=nearest,c=1,h=1,w=3,oh=1,ow=5", ["x": x]) == [1, 1, 2, 2, 4])
    }

    @Test func `a shuffle deals out`() throws {
        let y = try reference(ChannelShuffle.kind, "c=6,h=1,w=1,g=2", ["x": [0, 1, 2, 3, 4, 5]])
        #expect(y == [0, 3, 1, 4, 2, 5])
    }

    @Test(arguments: ["s=1,c=1", "n=2,s=5,c=17"])
    func `class tokens agree`(shape: String) throws { try expectAgreement(ClassToken.kind, shape) }

    @Test func `impossible shapes`() throws {
        func message(_ type: (some Kernel).Type, _ text: String) -> String? {
            #expect(throws: ShapeError.self) { try workload(type, text) }?.description
        }
        #expect(
            message(ChannelSlice.self, "c=8,h=1,w=1,from=5,count=4")
                == "channels 5 to 8 of 8; take at most 3 from there")
        #expect(message(ChannelShuffle.self, "c=8,h=1,w=1,g=3")?.hasPrefix("3 groups do not divide 8 channels") == true)
        #expect(message(Concat.self, "h=1,w=1,c=8+0")?.contains("whole numbers of at least 1") == true)
    }
}
