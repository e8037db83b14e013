import Foundation
import Networks
import Tensors
import Testing
import Workloads

/// Outputs of PyTorch's models on the weights and inputs that are drawn here, as `Reference/make.py` wrote them.
@Suite struct ReferenceTests {
    /// A file of `Reference`.
    struct Reference: Decodable {
        struct Output: Decodable {
            /// Each how-manieth element is there.
            let every: Int
            let values: [Float]
        }

        let `case`: String
        let outputs: [String: Output]
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Reference")

    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }()

    @Test func `every family is there`() {
        let families = [
            "convnext", "deeplabv3_mobilenet_v1", "deeplabv3_mobilenet_v2", "deeplabv3_mobilenet_v3",
            "deeplabv3_resnet",
            "densenet", "efficientnet", "mobilenet_v1", "mobilenet_v2", "mobilenet_v3", "repvgg", "resnet", "resnext",
            "retinanet", "shufflenet", "vgg", "vit",
        ]
        for family in families { #expect(Self.files.contains { $0.hasPrefix(family) }, "\(family)") }
    }

    @Test(arguments: files)
    func `outputs are those of PyTorch`(file: String) throws {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(file))
        let reference = try JSONDecoder().decode(Reference.self, from: data)
        let parts = reference.case.dropLast().split(separator: "[", maxSplits: 1).map(String.init)
        let model = try model(parts[0], parts[1])
        let tensors = try Operands(allocating: model.operands)
        try model.fill(tensors, seed: 1)
        let native = try #require(model.implementations.first { $0.name == "native" })
        try native.prepare(tensors, native.setting()).run()
        #expect(reference.outputs.count == model.operands.count { $0.role == .output })
        for (name, output) in reference.outputs {
            let own = tensors[name]
            try #require((own.count + output.every - 1) / output.every == output.values.count)
            var (distance, length) = (0.0, 0.0)
            for (index, value) in output.values.enumerated() {
                let difference = Double(own.floats[index * output.every]) - Double(value)
                distance += difference * difference
                length += Double(value) * Double(value)
            }
            let error = (distance / length).squareRoot()
            #expect(error <= 1e-4, "\(reference.case): \(name)")
        }
    }
}
