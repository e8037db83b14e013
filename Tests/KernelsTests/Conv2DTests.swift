import Kernels
import Tensors
import Testing
import Workloads

@Suite struct Conv2DTests {
    @Test(arguments: [
        // Extents of 1, and kernels as large as the image.
        "channels=1,size=1,kernel=1", "channels=1,size=1,kernel=3", "in=3,out=1,size=2x1,kernel=2x1",
        "in=5,out=7,size=5,kernel=5,padding=0", "in=1,out=17,height=1,width=13,kernel=1x3",
        // 1x1: no copy, unless there is stride or padding.
        "batch=3,in=7,out=13,size=5x3,kernel=1", "in=12,out=18,size=7,kernel=1,groups=6,bias=true",
        "in=8,out=20,size=9,kernel=1,stride=2", "in=8,out=4,size=3,kernel=1,padding=2",
        "in=3,out=5,size=7,kernel=1,dilation=9",
        // Primes, rectangles, strides that leave a rest, dilation, more padding than the kernel needs.
        "batch=2,in=3,out=19,size=17x11,kernel=3,bias=true", "in=5,out=33,size=13x7,kernel=3x5,stride=3x2",
        "in=4,out=16,size=11,kernel=3,stride=2,padding=0", "in=3,out=64,size=29x23,kernel=7,stride=2,padding=3",
        "in=7,out=21,size=13,kernel=3,dilation=2", "in=2,out=5,size=9x14,kernel=3x2,dilation=4x3,stride=2,bias=true",
        "in=3,out=4,size=5,kernel=3,padding=7", "in=3,out=4,size=4,kernel=3,padding=5,stride=3,dilation=2",
        "in=4,out=4,size=3x19,kernel=3,dilation=3", "in=6,out=5,size=8,kernel=2",
        "in=6,out=5,size=8,kernel=4x6,stride=1x3",
        // Groups of every size.
        "channels=24,size=9,kernel=3,groups=2", "channels=24,size=9,kernel=3,groups=3,bias=true",
        "channels=24,size=9,kernel=3,groups=4,stride=2", "channels=24,size=9,kernel=3,groups=6,dilation=2",
        "channels=24,size=9,kernel=3,groups=8", "channels=24,size=9,kernel=3,groups=12,bias=true",
        "in=12,out=84,size=5,kernel=3,groups=4", "in=84,out=12,size=5,kernel=3,groups=4",
        "batch=3,in=10,out=190,size=4x6,kernel=3,groups=5,stride=2",
        // Depthwise: whole vectors and rests; with a multiplier; with a divisor.
        "channels=1,size=5,kernel=3,groups=1", "channels=3,size=7x5,kernel=3,groups=3",
        "channels=16,size=6,kernel=3,groups=16", "batch=3,channels=23,size=7,kernel=5,stride=2,groups=23,bias=true",
        "channels=39,size=14x9,kernel=7,groups=39", "channels=18,size=9,kernel=3x1,dilation=2,stride=1x3,groups=18",
        "channels=20,size=3,kernel=3,padding=4,groups=20", "in=12,out=24,size=7,kernel=3,groups=12,bias=true",
        "in=24,out=12,size=7,kernel=3,groups=12",
        // Tiles: blocks of sixteen, eight and four outputs, full and not; pixels that a tile or a chunk does not divide.
        "in=5,out=31,size=1x2,kernel=1", "in=5,out=28,size=3,kernel=3", "in=9,out=26,size=9x11,kernel=3,groups=1",
        "batch=2,in=14,out=62,size=7,kernel=3,groups=2,bias=true", "batch=7,in=6,out=12,size=1x97,kernel=1x3",
        "in=2,out=8,size=12x8,kernel=3", "in=2,out=4,size=97x1,kernel=3", "in=16,out=32,size=2,kernel=3,padding=5",
        // Rows of the kernel that are held whole: tiles of seven and fourteen pixels, full, one short and one over; rows
        // shorter than a tile; padding beyond half of the kernel, so that tiles see nothing else.
        "channels=16,size=7,kernel=7,groups=16,bias=true", "channels=17,size=3x6,kernel=7,groups=17",
        "channels=16,size=2x8,kernel=5,groups=16", "channels=35,size=4x13,kernel=7,groups=35",
        "channels=16,size=3x43,kernel=5,groups=16", "channels=16,size=2x29,kernel=3,groups=16,padding=2",
        "channels=16,size=4,kernel=7,padding=6,groups=16", "channels=19,size=5,kernel=5,padding=11,groups=19",
        "channels=16,size=3,kernel=3,padding=17,groups=16", "channels=16,size=9x31,kernel=7,padding=0,groups=16",
        "channels=16,size=9x31,kernel=5x7,padding=1x5,groups=16", "channels=18,size=17,kernel=9,groups=18",
        "channels=16,size=13,kernel=4x6,groups=16", "channels=16,size=31,kernel=7,stride=2,groups=16",
        "channels=16,size=29,kernel=3,dilation=5,groups=16", "channels=16,size=5x33,kernel=3x5,stride=2x1,groups=16",
        // Groups of four and of eight: each input in turn, and blocks shifted back within them.
        "channels=36,size=3x16,kernel=3,groups=9,bias=true", "channels=40,size=3x13,kernel=3,groups=5,bias=true",
        "channels=20,size=7,kernel=5,groups=5", "channels=24,size=15,kernel=3,padding=3,groups=3",
        "channels=56,size=4x30,kernel=3,groups=7,dilation=2", "channels=28,size=9,kernel=1,groups=7",
        // Groups of whole vectors.
        "in=21,out=51,size=4x15,kernel=3,groups=3,bias=true", "in=34,out=66,size=7,kernel=3,padding=2,groups=2",
        // Winograd: tiles whole, one pixel short and one over; blocks of tiles; images that are nothing but an edge.
        "channels=16,size=4x5,kernel=3,bias=true", "in=17,out=19,size=3x8,kernel=3", "in=37,out=33,size=9x7,kernel=3",
        "batch=2,in=4,out=5,size=1x6,kernel=3,bias=true", "in=7,out=64,size=10x6,kernel=3,padding=0",
        "in=16,out=18,size=1,kernel=3,padding=5", "in=61,out=67,size=31x29,kernel=3,bias=true",
        "in=257,out=16,size=6,kernel=3,padding=3x1", "in=1024,out=48,size=5,kernel=3",
        // Tiles of fourteen pixels.
        "channels=39,size=9x15,kernel=7,groups=39", "channels=24,size=3x15,kernel=3,groups=6",
        "channels=24,size=3x29,kernel=3,stride=2,groups=3",
        // Sums in parts: whole rows of taps, and less than one.
        "in=300,out=40,size=5,kernel=3", "in=800,out=33,size=4,kernel=2,padding=1,bias=true",
        "in=1600,out=20,size=3,kernel=1",
        // Epilogues: dense, grouped and depthwise; channels that vectors do not divide.
        "in=9,out=37,size=9x11,kernel=3,bias=true,act=relu,residual=true", "in=600,out=45,size=5,kernel=3,act=relu6",
        "batch=2,in=5,out=70,size=7,kernel=1,act=gelu,residual=true", "channels=39,size=7,kernel=3,groups=39,act=silu",
        "batch=2,channels=39,size=9x5,kernel=3,groups=39,bias=true,act=hardswish,residual=true",
        "channels=320,size=5,kernel=5,groups=320,act=relu,residual=true",
        "channels=24,size=9x15,kernel=3,groups=6,act=gelu_tanh,residual=true",
        "batch=2,channels=60,size=7,kernel=3,groups=3,residual=true",
        "in=12,out=24,size=7,kernel=3,groups=12,act=relu6",
        // Several blocks of rows; the last one shorter.
        "batch=3,in=64,out=24,size=20x37,kernel=3,stride=1", "batch=5,channels=32,size=23,kernel=3,groups=2,bias=true",
    ]) func implementationsAgree(shape: String) throws {
        try expectAgreement(Conv2D.kind, shape)
    }

    @Test func onePixelSeesOnlyTheMiddleTap() throws {
        let y = try reference(
            Conv2D.kind, "channels=1,size=1,kernel=3,bias=true",
            ["x": [2], "weight": [1, 2, 3, 4, 5, 6, 7, 8, 9], "bias": [100]])
        #expect(y == [110])
    }

    @Test func sumsOfThreeByThree() throws {
        let ones = [Float](repeating: 1, count: 9)
        let image: [Float] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        let given = ["x": image, "weight": ones]
        let same = try reference(Conv2D.kind, "channels=1,size=3,kernel=3", given)
        #expect(same == [12, 21, 16, 27, 45, 33, 24, 39, 28])
        let valid = try reference(Conv2D.kind, "channels=1,size=3,kernel=3,padding=0", given)
        #expect(valid == [45])
        let strided = try reference(Conv2D.kind, "channels=1,size=3,kernel=3,stride=2", given)
        #expect(strided == [12, 16, 24, 28])
        let dilated = try reference(Conv2D.kind, "channels=1,size=3,kernel=3,dilation=2", given)
        // Taps two apart: a corner sees the corners, the middle of a side the two of its own kind, the centre itself.
        #expect(dilated == [20, 10, 20, 10, 5, 10, 20, 10, 20])
    }

    /// What is not finite reaches the windows and the group that see it, of its own image, and no others.
    @Test(
        arguments: [.nan, .infinity, -.infinity] as [Float],
        ["channels=24,groups=1", "channels=24,groups=2", "channels=24,groups=6", "channels=24,groups=24"])
    func notFiniteReachesItsWindowsOnly(value: Float, shape: String) throws {
        let draws = Draws("x", seed: 2)
        let place = (((1 * 5) + 2) * 7 + 3) * 24 + 11
        for kernel in ["kernel=3", "kernel=3,stride=2,bias=true", "kernel=1"] {
            try expectAgreement(Conv2D.kind, "batch=3,size=5x7,\(shape),\(kernel)") {
                $0 == place ? value : draws.unit($0)
            }
        }
    }

    /// Only three by three taps side by side, and only where the products outweigh the transforms and the weights.
    @Test func winogradWhereItPays() throws {
        func prefers(_ shape: String) throws -> Bool {
            let workload = try workload(Conv2D.self, shape)
            #expect(workload.implementation(preferring: "openblas") == "openblas")
            return workload.implementation(preferring: "native") == "winograd"
        }
        for shape in ["channels=64,size=56", "channels=128,size=28", "channels=256,size=14", "in=64,out=256,size=56"] {
            #expect(try prefers("\(shape),kernel=3"), "\(shape)")
            for other in ["kernel=1", "kernel=5", "kernel=3x1", "kernel=3,stride=2", "kernel=3,dilation=2"] {
                #expect(try !prefers("\(shape),\(other)"), "\(shape),\(other)")
            }
            #expect(try !prefers("\(shape),kernel=3,groups=2"))
        }
        for shape in ["channels=512,size=7", "in=3,out=64,size=224", "channels=8,size=112", "channels=256,size=4"] {
            #expect(try !prefers("\(shape),kernel=3"), "\(shape)")
        }
    }

    /// A cross-correlation, with the kernel's height before its width.
    @Test func tapsAreNotTurned() throws {
        let y = try reference(
            Conv2D.kind, "channels=1,size=2,kernel=2x1,padding=0", ["x": [1, 2, 3, 4], "weight": [10, 1]])
        #expect(y == [13, 24])
    }

    /// Two groups: outputs 0 and 1 see channel 0, outputs 2 and 3 channel 1. Pixels are rows of channels.
    @Test func groupsSeeTheirOwnChannels() throws {
        let y = try reference(
            Conv2D.kind, "in=2,out=4,size=1x2,kernel=1,groups=2,bias=true",
            ["x": [1, 10, 2, 20], "weight": [1, 2, 3, 4], "bias": [0, 0, 0, 1000]])
        #expect(y == [1, 2, 30, 1040, 2, 4, 60, 1080])
    }

    @Test func costs() throws {
        let dense = Costs(try workload(Conv2D.self, "channels=64,size=56,kernel=3"))
        #expect(dense.macs == 115_605_504)
        #expect(dense.parameters == 36_864)
        #expect(dense.inputBytes == 4 * 56 * 56 * 64)
        #expect(dense.outputBytes == 4 * 56 * 56 * 64)
        #expect(dense.elementOperations.isEmpty)
        let grouped = try workload(Conv2D.self, "batch=2,in=8,out=12,size=9x5,kernel=3x1,stride=2,groups=4,bias=true")
        #expect(grouped.macs == 2 * 5 * 3 * 12 * 2 * 3)
        #expect(Costs(grouped).parameters == 12 * 2 * 3 + 12)
        #expect(grouped.elementOperations == [ElementOperations("add", 2 * 5 * 3 * 12)])
        #expect(grouped.reductionLength == 2 * 3)
    }

    @Test func nameIsWhole() throws {
        let name = try workload(Conv2D.self, "channels=8,size=14x7,kernel=3x5,dilation=2").name
        #expect(name == "conv2d[n=1,ci=8,co=8,h=14,w=7,k=3x5,s=1,d=2,p=2x4,g=1,bias=false]")
    }

    @Test func impossibleShapes() {
        expectRefusal(
            Conv2D.kind, "channels=64,size=8,kernel=3,groups=3", at: "groups",
            "3 groups do not divide 64 input channels",
            "use 2 or 4,")
        expectRefusal(
            Conv2D.kind, "in=64,out=24,size=8,kernel=3,groups=16", at: "groups", "24 output channels", "use 8,")
        expectRefusal(
            Conv2D.kind, "channels=4,size=3x9,kernel=5,padding=0", at: "kernel", "kernel of 5", "height of 3",
            "at most 3", "padding of at least 1")
        expectRefusal(
            Conv2D.kind, "channels=4,size=9x3,kernel=2,dilation=4,padding=0", at: "kernel", "spans 5", "width of 3",
            "padding of at least 1")
        expectRefusal(
            Conv2D.kind, "channels=4,size=9,kernel=2147483647,dilation=2", at: "dilation", "spans 4294967293")
        expectRefusal(
            Conv2D.kind, "batch=2147483647,channels=2147483647,size=2147483647,kernel=1", at: nil, "overflows")
        expectRefusal(Conv2D.kind, "channels=4,size=9,kernel=3,stride=0", at: "stride", "at least 1")
        expectRefusal(Conv2D.kind, "channels=4,size=9,kernel=3,padding=-1", at: "padding", "at least 0")
    }
}
