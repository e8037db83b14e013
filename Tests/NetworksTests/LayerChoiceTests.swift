import Networks
import Testing
import Workloads

@Suite struct LayerChoiceTests {
    private func chosen(_ text: String) throws -> [String: String] {
        let network = try #require(try model("resnet18", "resolution=32,classes=10,\(text)") as? Network)
        let plan = try network.plan(preferring: "native")
        return Dictionary(
            zip(plan.graph.layers.map(\.name), plan.implementations.map(\.name)), uniquingKeysWith: { $1 })
    }

    @Test func `one layer, or a module, has the implementation asked for`() throws {
        let one = try chosen("layers=layer1.0.conv1=openblas")
        #expect(one.filter { $0.value == "openblas" }.keys.sorted() == ["layer1.0.conv1"])
        let module = try chosen("layers=layer1=openblas+layer1.1.conv2=reference")
        #expect(
            module.filter { $0.value == "openblas" }.keys.sorted() == [
                "layer1.0.conv1", "layer1.0.conv2", "layer1.1.conv1",
            ])
        #expect(module["layer1.1.conv2"] == "reference")
    }

    @Test func `names say it only where it is asked for, and can be run again`() throws {
        #expect(try !model("resnet18").name.contains("layers"))
        let network = try model("resnet18", "layers=conv1=openblas")
        #expect(network.name.hasSuffix(#",without=none,layers="conv1=openblas"]"#))
    }

    @Test(arguments: [
        ("layers=conv9=openblas", "no layer or module 'conv9'"),
        // It became a part of the convolution before it.
        ("layers=bn1=openblas", "no layer or module 'bn1'"),
        ("layers=conv1=openblast", "no implementation 'openblast'"),
        // It is no 3x3 of stride 1.
        ("layers=conv1=winograd", "no implementation 'winograd'"),
        ("layers=conv1", "NAME=WORD"), ("layers==openblas", "NAME=WORD"), ("layers=", "NAME=WORD"),
    ])
    func `what cannot be is an error`(text: String, message: String) throws {
        let error = #expect(throws: ShapeError.self) { try model("resnet18", "resolution=32,\(text)") }
        #expect(try #require(error).message.contains(message), "\(error?.message ?? "")")
        #expect(error?.parameter == "layers")
    }

    @Test func `a network computes the same with other layers`() throws {
        try expectAgreement("resnet18", "resolution=32,classes=10,layers=layer2=openblas+fc=reference")
    }
}
