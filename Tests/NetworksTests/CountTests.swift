import Networks
import Testing
import Workloads

@Suite struct CountTests {
    /// Counted on the public implementations: convolutions with padding taps, linear layers and attention products.
    @Test(
        arguments: [
            ("resnet18", "", 11_689_512, 1_814_073_344), ("resnet50", "", 25_557_032, 4_089_184_256),
            ("resnet50", "stride_in_1x1=true", 25_557_032, 3_857_973_248),
            ("resnet101", "stride_in_1x1=true", 44_549_160, 7_570_194_432),
            ("resnet152", "stride_in_1x1=true", 60_192_808, 11_282_415_616),
            ("resnext50_32x4d", "", 25_028_904, 4_230_479_872),
            ("mobilenet_v1", "", 4_231_976, 568_740_352),
            ("mobilenet_v1", "classes=1001", 4_233_001, 568_741_376),
            ("mobilenet_v2", "", 3_504_872, 300_774_272),
            ("mobilenet_v2", "width=0.5", 1_968_680, 97_131_840),
            ("mobilenet_v2", "width=1.4,classes=1001", 6_110_569, 582_197_616),
            ("repvgg_a0", "", 9_108_968, 1_512_581_120),
            ("repvgg_a0", "reparameterized=true", 8_309_384, 1_361_451_008),
            ("convnext_tiny", "", 28_589_128, 4_455_531_264), ("convnext_base", "", 88_591_464, 15_354_729_472),
            ("convnext_small", "", 50_223_688, 8_683_712_256), ("convnext_large", "", 197_767_336, 34_361_433_600),
            ("convnext_isotropic_small", "", 22_308_712, 4_286_367_744),
            ("vit_b_16", "", 86_567_656, 17_563_828_224), ("vit_b_32", "", 88_224_232, 4_409_186_304),
            ("vit_l_16", "", 304_326_632, 61_554_712_576), ("vit_l_32", "", 306_535_400, 15_377_539_072),
            ("retinanet_resnet50_fpn", "resolution=640", 34_068_119, 96_880_198_400),
            ("retinanet_resnet50_fpn", "h=800,w=1344", 34_068_119, 254_469_734_400),
            ("retinanet_resnet50_fpn", "h=1280,w=800,classes=80,p6=c5", 37_968_692, 238_536_058_880),
            ("retinanet_resnet50_fpn", "h=800,w=1344,classes=80,p6=c5", 37_968_692, 250_487_537_664),
            ("vgg11", "", 132_863_336, 7_609_090_048),
            ("vgg13", "", 133_047_848, 11_308_466_176),
            ("vgg16", "", 138_357_544, 15_470_264_320),
            ("vgg16", "batch_norm=true", 138_365_992, 15_470_264_320),
            ("vgg19", "", 143_667_240, 19_632_062_464),
            ("mobilenet_v3_large", "", 5_483_032, 216_589_760),
            ("mobilenet_v3_small", "", 2_542_856, 56_510_400),
            ("shufflenet_v2_x0_5", "", 1_366_792, 40_476_448),
            ("shufflenet_v2_x1_0", "", 2_278_604, 144_907_992),
            ("shufflenet_v2_x1_5", "", 3_503_624, 295_759_392),
            ("shufflenet_v2_x2_0", "", 7_393_996, 583_253_464),
            ("densenet121", "", 7_978_856, 2_834_161_664),
            ("densenet161", "", 28_681_000, 7_727_907_072),
            ("densenet169", "", 14_149_480, 3_359_843_328),
            ("densenet201", "", 20_013_928, 4_291_365_888),
            ("efficientnet_b0", "", 5_288_548, 385_814_752),
            ("efficientnet_b1", "", 7_794_184, 686_802_832),
            ("efficientnet_b2", "", 9_109_994, 1_087_529_456),
            ("efficientnet_b3", "", 12_233_232, 1_827_141_392),
            ("efficientnet_b4", "", 19_341_616, 4_393_771_024),
            ("efficientnet_b5", "", 30_389_784, 10_266_384_752),
            ("efficientnet_b6", "", 43_040_704, 19_067_593_536),
            ("efficientnet_b7", "", 66_347_960, 37_745_884_192),
            ("mobilenet_v3_large", "width=0.75", 3_377_576, 140_033_816),
        ] as [(String, String, Int, Int)])
    func `parameters and MACs are exact`(name: String, options: String, parameters: Int, macs: Int) throws {
        let costs = Costs(try model(name, options))
        #expect(costs.parameters == parameters)
        #expect(costs.macs == macs)
    }
}
