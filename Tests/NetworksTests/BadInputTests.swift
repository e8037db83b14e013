import Networks
import Testing
import Workloads

@Suite struct BadInputTests {
    @Test(
        arguments: [
            ("vgg16", "resolution=31", ["features.30", "height", "use a larger image"]),
            ("vgg16", "height=64,image_width=16", ["features.30", "width of 1", "use a larger image"]),
            ("densenet121", "resolution=16", ["features.transition3.pool", "use a larger image"]),
            ("resnet18", "classes=0", ["classes", "at least 1"]),
            ("resnet50", "resolution=0", ["resolution", "at least 1"]),
            ("mobilenet_v2", "width=0", ["width", "0.01 to 16"]),
            ("efficientnet_b0", "depth=-1", ["depth", "0.01 to 16"]),
            ("deeplabv3_resnet50", "output_stride=12", ["output_stride", "12"]),
            ("densenet121", "growth=2147483647", ["features.conv0"]),
            ("mobilenet_v2", "expansion=2147483647", ["features.2.conv.0.0"]),
            ("resnet18", "batch=2147483647,resolution=2147483647", ["'x'", "larger than any memory"]),
        ] as [(String, String, [String])])
    func `what cannot be built is refused by name`(name: String, options: String, words: [String]) throws {
        let error = #expect(throws: ShapeError.self) { try model(name, options) }
        let text = error?.description ?? ""
        for word in words { #expect(text.contains(word), "\(text)") }
    }

    /// Strides never go below one pixel where windows are padded.
    @Test(arguments: ["mobilenet_v3_small", "shufflenet_v2_x0_5", "resnet18", "efficientnet_b0"])
    func `one pixel is enough where every window is padded`(name: String) throws {
        try expectAgreement(name, "resolution=1,classes=1")
    }

    /// The least that a multiplier leaves of any layer is eight channels.
    @Test func `no width rounds to nothing`() throws {
        try expectAgreement("mobilenet_v3_large", "resolution=32,classes=10,width=0.01")
    }
}
