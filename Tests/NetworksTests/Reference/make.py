#!/usr/bin/env python3
"""What PyTorch's models compute from Assay's inputs and weights: the files beside this one, which ReferenceTests reads.

    make.py                  makes every file again, with .build/release/assay
    make.py CASE...          those of some cases, which need not be in the list below
    make.py CASE --dump DIR  from what `assay dump CASE --to DIR` wrote, and says how far each implementation is from it

Needs torch, torchvision and timm. Nothing is built or tested with this; weights are drawn by name, so that the files hold
outputs alone. A family is a line in CASES, and one in MODELS where its name is not torchvision's.
"""

import argparse, json, pathlib, re, subprocess, sys, tempfile
import numpy, timm, torch, torchvision
from torch import nn
from torchvision.models.segmentation.deeplabv3 import ASPP

HERE = pathlib.Path(__file__).parent
ASSAY = HERE.parents[2] / ".build/release/assay"
MOST_VALUES = 500

CASES = """
convnext_tiny[resolution=64,classes=10]
deeplabv3_mobilenet_v1[resolution=65,classes=3]
deeplabv3_mobilenet_v2[resolution=65,classes=3,output_stride=8]
deeplabv3_mobilenet_v2[resolution=65,classes=3,aspp=false]
deeplabv3_mobilenet_v3_large[resolution=65,classes=3,aux=true]
deeplabv3_resnet50[resolution=65,classes=3,aux=true]
densenet121[resolution=64,classes=10]
efficientnet_b0[resolution=64,classes=10]
mobilenet_v1[resolution=64,classes=10]
mobilenet_v2[resolution=64,classes=10,width=0.5]
mobilenet_v3_large[resolution=64,classes=10]
mobilenet_v3_small[height=64,image_width=96,classes=10]
repvgg_a0[resolution=64,classes=10]
repvgg_a0[resolution=64,classes=10,reparameterized=true]
resnet18[batch=2,resolution=64,classes=10]
resnet50[resolution=64,classes=10]
resnext50_32x4d[resolution=64,classes=10]
retinanet_resnet50_fpn[resolution=64,classes=5]
shufflenet_v2_x1_0[resolution=64,classes=10]
vgg16[resolution=64,classes=10]
vit_b_16[resolution=64,classes=10,depth=2]
"""


class Segmentation(nn.Module):
    """A backbone under the head of the MobileNetV2 paper's section 6.3."""

    def __init__(self, backbone, channels, options):
        super().__init__()
        self.backbone = backbone
        rates = [12, 24, 36] if options.get("output_stride") == "8" else [6, 12, 18]
        pyramid = ASPP(channels, rates if options.get("aspp") != "false" else [])
        for module in list(pyramid.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.ReLU):
                    setattr(module, name, nn.ReLU6())
        self.classifier = nn.Sequential(pyramid, nn.Conv2d(256, int(options["classes"]), 1))

    def forward(self, x):
        logits = self.classifier(self.backbone(x))
        return nn.functional.interpolate(logits, x.shape[-2:], mode="bilinear", align_corners=False)


class Features(nn.Module):
    """A timm model without its classifier."""

    def __init__(self, model):
        super().__init__()
        for name, child in model.named_children():
            if name != "classifier":
                setattr(self, name, child)

    def forward(self, x):
        return self.blocks(self.bn1(self.conv_stem(x)))


def dilated(layers, output_stride):
    """Lets the 3x3 convolutions of some layers dilate where they would stride further than the output stride."""
    reached, dilation = 1, 1
    for module in layers.modules():
        if isinstance(module, nn.Conv2d) and module.kernel_size == (3, 3):
            stride, before = module.stride[0], dilation
            if reached * stride > output_stride:
                dilation, module.stride = dilation * stride, (1, 1)
            else:
                reached *= stride
            module.dilation = module.padding = (before, before)
    return layers


def deeplab_mobilenet_v1(options):
    stride = int(options.get("output_stride", 16))
    return Segmentation(Features(timm.create_model("mobilenetv1_100", output_stride=stride)), 1024, options)


def deeplab_mobilenet_v2(options):
    layers = torchvision.models.mobilenet_v2().features[:-1]
    return Segmentation(dilated(layers, int(options.get("output_stride", 16))), 320, options)


def from_timm(name):
    return lambda options: timm.create_model(name, num_classes=int(options["classes"]))


def repvgg(options):
    model = from_timm("repvgg_a0")(options)
    return timm.utils.model.reparameterize_model(model) if options.get("reparameterized") == "true" else model


def retinanet(options):
    model = torchvision.models.detection.retinanet_resnet50_fpn(
        weights=None, weights_backbone=None, num_classes=int(options["classes"]))
    # What the heads say, before anything is chosen of it.
    model.forward = lambda x: model.head(list(model.backbone(x).values()))
    return model


def vit_b_16(options):
    return torchvision.models.VisionTransformer(
        image_size=int(options["resolution"]), patch_size=16, num_layers=int(options.get("depth", 12)), num_heads=12,
        hidden_dim=768, mlp_dim=3072, num_classes=int(options["classes"]))


def from_torchvision(name):
    """The model of that name, a classifier or one for segmentation."""

    def make(options):
        classes = int(options["classes"])
        if name.startswith("deeplab"):
            return getattr(torchvision.models.segmentation, name)(
                weights=None, weights_backbone=None, num_classes=classes, aux_loss=options.get("aux") == "true")
        width = {"width_mult": float(options["width"])} if "width" in options else {}
        return getattr(torchvision.models, name)(num_classes=classes, **width)

    return make


MODELS = {
    "deeplabv3_mobilenet_v1": deeplab_mobilenet_v1,
    "deeplabv3_mobilenet_v2": deeplab_mobilenet_v2,
    "mobilenet_v1": from_timm("mobilenetv1_100"),
    "repvgg_a0": repvgg,
    "retinanet_resnet50_fpn": retinanet,
    "vit_b_16": vit_b_16,
}


def computed(case, folder):
    """The outputs of PyTorch's model by name, with the weights and the input of a dump, in the dump's layout."""
    name, written = re.fullmatch(r"(\w+)\[(.*)\]", case).groups()
    options = dict(pair.split("=") for pair in written.split(","))
    entries = json.loads((folder / "tensors.json").read_text())
    tensors = {e["name"]: torch.from_numpy(numpy.load(folder / e["file"])) for e in entries if e["role"] != "output"}
    model = MODELS.get(name, from_torchvision(name))(options).eval()
    # Every tensor of the model must be there, and none be left over.
    inputs = [e["name"] for e in entries if e["role"] == "input"]
    state = {key: value for key, value in tensors.items() if key not in inputs}
    counters = [key for key in model.state_dict() if key.endswith("num_batches_tracked")]
    model.load_state_dict(state | {key: torch.tensor(0) for key in counters}, strict=True)
    with torch.no_grad():
        answer = model(tensors["x"].permute(0, 3, 1, 2).contiguous())
    answers = {"y": answer} if torch.is_tensor(answer) else {"y" if k == "out" else k: v for k, v in answer.items()}
    return {key: value.permute(0, 2, 3, 1) if value.ndim == 4 else value for key, value in answers.items()}


def compare(answers, folder):
    for entry in json.loads((folder / "tensors.json").read_text()):
        if entry["role"] == "output":
            own, theirs = numpy.load(folder / entry["file"]), answers[entry["name"]].numpy()
            error = numpy.linalg.norm(own - theirs) / numpy.linalg.norm(theirs)
            print(f"  {entry['implementation']:10} {entry['name']:5} relative error {error:.2e}")


def write(case, folder):
    print(case)
    answers = computed(case, folder)
    compare(answers, folder)
    outputs = {}
    for name, answer in answers.items():
        flat = answer.flatten()
        every = -(-len(flat) // MOST_VALUES)
        outputs[name] = {"every": every, "values": [float(f"{value:.8g}") for value in flat[::every].tolist()]}
    target = HERE / (re.sub(r"\W+", "-", case).strip("-") + ".json")
    versions = {"torch": torch.__version__, "torchvision": torchvision.__version__, "timm": timm.__version__}
    target.write_text(json.dumps({"case": case, "versions": versions, "outputs": outputs}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--dump", type=pathlib.Path, metavar="DIR", help="what `assay dump` wrote for the one case")
    options = parser.parse_args()
    if options.dump:
        if len(options.cases) != 1:
            sys.exit("--dump goes with one case")
        return write(options.cases[0], options.dump)
    for case in options.cases or CASES.split():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([ASSAY, "dump", case, "--to", folder], check=True, stdout=subprocess.DEVNULL)
            write(case, pathlib.Path(folder))


if __name__ == "__main__":
    main()
