import Foundation
import Networks
import Testing
import Workloads

@Suite struct ModelTests {
    @Test func `names are unique and sorted`() {
        let names = ModelCatalog.models.map { $0.schema.name }
        #expect(names == Set(names).sorted())
    }

    /// Most of what a test of a model costs is its weights: those that are others with more of the same are left out.
    private static let large = [
        "resnext101_32x8d", "resnext101_64x4d", "vgg13", "vgg16", "vgg19", "wide_resnet101_2", "wide_resnet50_2",
    ]

    /// The example is what help shows and what a newcomer tries first: every layer native, and every layer with BLAS, against
    /// every layer in plain loops.
    @Test(
        arguments: ModelCatalog.models.map { ($0.schema.name, $0.schema.example) }.filter { !large.contains($0.0) })
    func `every example is computed right`(name: String, example: String) throws {
        try expectAgreement(name, example, threads: name.hasPrefix("resnet18") ? [1, 2, 3, 7] : [1])
    }

    /// Names and shapes of torchvision's modules, one of each kind in a model.
    @Test(
        arguments: [
            (
                "convnext_tiny",
                [
                    "features.0.1.weight": [96], "features.2.1.bias": [192], "features.3.2.layer_scale": [192, 1, 1],
                    "features.7.0.block.0.weight": [768, 1, 7, 7], "features.1.0.block.5.weight": [96, 384],
                    "classifier.2.bias": [1000],
                ]
            ),
            (
                "convnext_isotropic_small",
                ["stem.bias": [384], "blocks.17.pwconv1.weight": [1536, 384], "norm.bias": [384]]
            ),
            (
                "vit_b_16",
                [
                    "class_token": [1, 1, 768], "encoder.pos_embedding": [1, 197, 768],
                    "encoder.layers.encoder_layer_11.self_attention.in_proj_weight": [2304, 768],
                    "encoder.layers.encoder_layer_0.self_attention.out_proj.bias": [768],
                    "encoder.layers.encoder_layer_3.mlp.3.weight": [768, 3072], "heads.head.weight": [1000, 768],
                ]
            ),
            (
                "retinanet_resnet50_fpn",
                [
                    "backbone.body.layer4.0.downsample.1.running_var": [2048],
                    "backbone.fpn.inner_blocks.1.0.weight": [256, 1024, 1, 1],
                    "backbone.fpn.extra_blocks.p7.bias": [256],
                    "head.classification_head.conv.3.0.weight": [256, 256, 3, 3],
                    "head.classification_head.cls_logits.bias": [819], "head.regression_head.bbox_reg.bias": [36],
                ]
            ),
        ] as [(String, [String: [Int]])])
    func `weights are named as in the public models`(name: String, expected: [String: [Int]]) throws {
        let operands = try model(name).operands
        for (weight, shape) in expected {
            #expect(operands.first { $0.name == weight }?.shape.extents == shape, "\(weight)")
        }
        #expect(Set(operands.map(\.name)).count == operands.count)
    }
}
