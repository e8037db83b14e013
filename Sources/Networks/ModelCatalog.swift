import Workloads

/// Every model, a line each.
package enum ModelCatalog {
    package static let models: [any Workload.Type] = [
        Network<ConvNeXtBase>.self,
        Network<ConvNeXtIsotropicSmall>.self,
        Network<ConvNeXtLarge>.self,
        Network<ConvNeXtSmall>.self,
        Network<ConvNeXtTiny>.self,
        Network<EfficientNetB0>.self,
        Network<EfficientNetB1>.self,
        Network<EfficientNetB2>.self,
        Network<EfficientNetB3>.self,
        Network<EfficientNetB4>.self,
        Network<EfficientNetB5>.self,
        Network<EfficientNetB6>.self,
        Network<EfficientNetB7>.self,
        Network<MobileNetV1>.self,
        Network<MobileNetV2>.self,
        Network<MobileNetV3Large>.self,
        Network<MobileNetV3Small>.self,
        Network<RepVGGA0>.self,
        Network<RepVGGA1>.self,
        Network<RepVGGB0>.self,
        Network<RepVGGBlock>.self,
        Network<ResNet101>.self,
        Network<ResNet152>.self,
        Network<ResNet18>.self,
        Network<ResNet34>.self,
        Network<ResNet50>.self,
        Network<ResNeXt101>.self,
        Network<ResNeXt101Narrow>.self,
        Network<ResNeXt50>.self,
        Network<RetinaNetResNet50>.self,
        Network<ViTB16>.self,
        Network<ViTB32>.self,
        Network<ViTL16>.self,
        Network<ViTL32>.self,
        Network<ShuffleNetV2Half>.self,
        Network<ShuffleNetV2>.self,
        Network<ShuffleNetV2Wide>.self,
        Network<ShuffleNetV2Double>.self,
        Network<VGG11>.self,
        Network<VGG13>.self,
        Network<VGG16>.self,
        Network<VGG19>.self,
        Network<WideResNet101>.self,
        Network<WideResNet50>.self,
    ]

    /// What can be said of all of them: a schema without a name.
    package static let common = Schema.model("", "")
}
