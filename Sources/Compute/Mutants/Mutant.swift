/// Faults that can be planted to check that verification finds them: `make mutants` plants them one after the other.
///
/// Each raw value names the case that should find the fault, then describes the fault. The fault is at the place that
/// asks whether it is `planted`. Every kernel with a `native` implementation has at least one.
@usableFromInline package enum Mutant: String, CaseIterable, Sendable {
    // Tiles of matrix products, and how a product is cut into tiles.
    case productTerm = "matmul[m=13,k=37,n=40]/native: the last term of every sum is left out"
    case productRow = "matmul[m=12,k=37,n=40]/native: a tile's sixth row reads the fifth"
    case productLeast = "matmul[m=13,k=37,n=40,act=relu]/native: negative sums pass relu"
    case productMost = "matmul[m=13,k=37,n=40,act=relu6]/native: relu6 without its bound"
    case productAddend = "matmul[m=5,k=1600,n=40]/native: a long sum forgets its first part"
    case productRelative = "matmul[m=13,k=37,n=40]/native: the last column is 1e-4 too large"
    case productBias = "matmul[m=13,k=37,n=40,bias=true]/native: the bias is left out"
    case productBiasTwice = "matmul[m=5,k=1600,n=40,bias=true]/native: each part of a long sum adds the bias"
    case productStale = "matmul[m=13,k=1024,n=40]/native: the last element of a copied row is what stood there before"
    case productResidual = "matmul[m=13,k=37,n=70,residual=true]/native: every tile adds the first one's residual"
    case productFunction = "matmul[m=13,k=37,n=40,act=hardswish]/native: no activation in the last columns"
    case productStride = "matmul[m=13,k=37,n=40]/native: wrong stride in the last columns"
    case blasBias = "matmul[m=13,k=37,n=40,bias=true]/openblas: the bias is left out"
    case epilogueResidual = "matmul[m=13,k=37,n=40,residual=true]/openblas: the residual's first block is added to all"
    case plainRelu6 = "matmul[m=13,k=37,n=40,act=relu6]/openblas: relu6 without its bound"

    // Convolutions.
    case convTap = "conv2d[ci=8,co=8,h=9,w=7,k=3]/native: the last tap is left out"
    case convPixel = "conv2d[ci=8,co=8,h=9,w=7,k=3,s=2]/native: windows but the first begin a pixel early"
    case convRow = "conv2d[n=2,ci=8,co=8,h=9,w=7,k=3]/native: the last row of the image is not copied"
    case convColumn = "conv2d[ci=8,co=8,h=9,w=7,k=3]/native: the image is a pixel too far to the left"
    case threeTaps = "conv2d[ci=32,co=32,h=9,w=17,k=3,g=32]/native: of three taps the last has the weight before"
    case fiveTaps = "conv2d[ci=32,co=32,h=9,w=17,k=5,g=32]/native: of five taps the last has the weight before"
    case sevenTaps = "conv2d[ci=32,co=32,h=9,w=17,k=7,g=32]/native: of seven taps the last has the weight before"
    case slideColumn = "conv2d[ci=32,co=32,h=9,w=17,k=3,g=32]/native: the last column of the image is not seen"
    case slideMost = "conv2d[ci=32,co=32,h=9,w=17,k=3,g=32,act=relu6]/native: relu6 without its bound"
    case slideBias = "conv2d[ci=32,co=32,h=9,w=17,k=3,g=32,bias=true]/native: the bias is left out"
    case slideRow = "conv2d[ci=32,co=32,h=9,w=17,k=3,g=32]/native: the first row has the weights of taps on padding"
    case slideRelative = "conv2d[ci=40,co=40,h=9,w=17,k=3,g=40]/native: some channels are 1e-4 too large"
    case slideChannel = "conv2d[ci=32,co=64,h=9,w=17,k=3,g=2]/native: the last input channel of a group is left out"
    case slideGroup = "conv2d[ci=32,co=64,h=9,w=17,k=3,g=2]/native: every group reads the first one's channels"
    case slideResidual =
        "conv2d[ci=32,co=64,h=9,w=17,k=3,g=2,residual=true]/native: the residual is left out"
    case slideView = "conv2d[ci=32,co=32,h=9,w=17,k=3,g=8]/native: a channel of every four is left out"
    case winogradInput = "conv2d[ci=20,co=20,h=13,w=11,k=3]/winograd: an element of a transformed tile is zero"
    case winogradOutput = "conv2d[ci=20,co=20,h=13,w=11,k=3]/winograd: a product of a tile is zero"
    case winogradResidual = "conv2d[ci=20,co=20,h=13,w=11,k=3,residual=true]/winograd: whole tiles have no residual"
    case winogradMost = "conv2d[ci=20,co=20,h=13,w=11,k=3,act=relu6]/winograd: whole tiles have no bounds"
    case winogradStale = "conv2d[ci=20,co=20,h=13,w=11,k=3]/winograd: padding is what the tile before left there"
    case im2colStale = "conv2d[n=2,ci=4,co=8,h=48,w=48,k=3]/openblas: padding is what the block before left there"
    case plainTap = "conv2d[ci=8,co=8,h=9,w=7,k=3]/plain: the last tap is left out"
    case plainColumn = "conv2d[ci=5,co=5,h=9,w=7,k=3,g=5]/plain: the last channel sees one column"

    case plainTerm = "conv2d[ci=8,co=8,h=9,w=7,k=3]/plain/i8: the last channel of every tap is left out"
    case plainOne = "matmul[m=13,k=37,n=40]/plain/u8: the first sum of every row is one too large"
    case plainCut = "matmul[m=13,k=37,n=40]/plain/bf16: sums are cut off and not rounded"
    case plainNarrow = "matmul[m=13,k=37,n=40]/plain/bf16: sums are rounded at every step"

    // Attention and softmax.
    case attentionKey = "attention[h=2,q=50,d=64]/native: the last key of every block is left out"
    case attentionMask = "attention[h=2,q=50,d=64,causal=true]/native: queries see a key after them"
    case attentionHead = "attention[h=4,kv=2,q=20,d=64]/native: all heads read the values of the first"
    case attentionScale = "attention[h=2,q=50,d=64]/native: scores are divided by the root of 65"
    case attentionLargest = "attention[h=2,q=50,d=64]/native: a head begins with the largest scores of the one before"
    case attentionFactor = "attention[h=1,q=20,k=700,d=64]/native: all rows are rescaled as the first"
    case attentionValue = "attention[h=2,q=50,d=40]/native: the last element of a value is what stood there before"
    case onlineLargest = "attention[h=3,q=50,d=64]/native: the largest score is not taken from the others"
    case onlineFactor = "attention[h=1,q=20,k=700,d=64]/native: sums are not rescaled to a larger score"
    case onlineMask = "attention[h=2,q=50,d=64]/native: the keys after the last have scores of 0"
    case decodeKey = "attention[h=4,kv=2,q=1,k=100,d=64]/native: the last value of every block is left out"
    case plainLargest = "attention[h=3,q=50,d=64]/openblas: the largest score is not taken from the others"
    case softmaxLargest = "softmax[rows=5,f=100]/native: the largest is not taken from the others"
    case softmaxVector = "softmax[rows=5,f=49]/native: an odd vector is left out of the sum"
    case softmaxTail = "softmax[rows=5,f=100]/native: the last vector counts elements twice"
    case exponentialTerm = "softmax[rows=5,f=100]/native: a coefficient of the exponential is wrong"

    // Elementwise functions and sums.
    case relu6Most = "activation[function=relu6,elements=1000]/native: relu6 without its bound"
    case hardswishMost = "activation[function=hardswish,elements=1000]/native: hardswish without its upper bound"
    case hardsigmoidMost = "activation[function=hardsigmoid,elements=1000]/native: hardsigmoid without its upper bound"
    case clampLeast = "activation[function=hardsigmoid,elements=1000]/native: hardsigmoid without its lower bound"
    case activationDraws = "activation[function=relu,elements=1000]/native: only negative numbers are drawn"
    case geluRoot = "activation[function=gelu,elements=1000]/native: the root of a half to three digits"
    case geluCubic = "activation[function=gelu_tanh,elements=1000]/native: the cubic coefficient to two digits"
    case mapTail = "activation[function=relu,elements=100]/native: the last vector is written an element early"
    case addTail = "add[elements=100]/native: the last vector adds nothing"
    case addStride = "add[elements=100]/native: every second vector reads an element early"
    case scaleImage = "channel_scale[n=2,c=20,h=7,w=7]/native: all images have the first one's factors"
    case shufflePair = "channel_shuffle[c=12,h=7,w=7,g=2]/native: the second group begins a channel early"
    case shuffleGroup = "channel_shuffle[c=12,h=7,w=7,g=3]/native: all groups are the first"
    case sliceFirst = "channel_slice[c=8,h=7,w=7,from=3,count=4]/native: the slice begins a channel early"
    case tokenSequence = "class_token[n=2,s=5,c=8]/native: all sequences are the first"
    case tokenPosition = "class_token[s=5,c=8]/native: all tokens have the first position"
    case concatPlace = "concat[h=7,w=7,c=8+5+3]/native: the second input begins a channel early"
    case identityTail = "identity[elements=100]/native: the last element is not copied"

    // Norms.
    case normEpsilon = "layer_norm[rows=12,f=100]/native: epsilon is left out"
    case normMean = "layer_norm[rows=12,f=100]/native: the mean is divided by one too many"
    case normTail = "layer_norm[rows=12,f=100]/native: the last vector has no bias"
    case rmsEpsilon = "rms_norm[rows=12,f=100]/native: epsilon is ten times as large"
    case rmsTail = "rms_norm[rows=12,f=100]/native: the last vector has no weight"
    case batchEpsilon = "batch_norm[c=24,h=7,w=9]/native: epsilon is ten times as large"
    case batchMean = "batch_norm[c=24,h=7,w=9]/native: the mean is left out"
    case restShift = "batch_norm[c=3,h=7,w=9]/native: the last pixels have no bias"
    case restFunction = "batch_norm[c=3,h=7,w=9,act=hardswish]/native: the last pixels have no activation"
    case groupRest = "group_norm[c=6,h=5,w=7,g=2]/native: the last pixels are left out of the mean"
    case groupEpsilon = "group_norm[c=24,h=7,w=9,g=4]/native: epsilon is left out"
    case groupShift = "group_norm[c=24,h=7,w=9,g=4]/native: all groups have the first one's bias"
    case groupPart = "group_norm[c=24,h=7,w=9,g=4]/native/f32/t2: means of parts do not count in the variance"
    case momentsShare = "instance_norm[c=24,h=9,w=11]/native: the last block of pixels counts as a whole one"
    case momentsJoin = "instance_norm[c=24,h=9,w=11]/native: means of blocks do not count in the variance"
    case columnsOffset = "instance_norm[c=24,h=9,w=11]/native: the mean is the first pixel"

    // Windows.
    case poolStart = "pool2d[kind=max,c=40,h=9,w=11,k=2]/native: a maximum begins at 0"
    case poolColumn = "pool2d[kind=max,c=40,h=9,w=11,k=3,s=2,p=1]/native: the last column is not seen"
    case poolRow = "pool2d[kind=average,c=40,h=9,w=11,k=3]/native: the last row of a window is not seen"
    case poolCount = "pool2d[kind=average,c=40,h=9,w=11,k=3,s=2,p=1]/native: padding does not count"
    case adaptiveRow = "adaptive_pool2d[c=40,h=9,w=5,oh=4,ow=7]/native: the last row of a window is not seen"
    case adaptiveScale = "adaptive_pool2d[c=40,h=9,w=5,oh=4,ow=7]/native: sums are divided by a column too many"
    case resizeNearest = "resize[kind=nearest,c=8,h=7,w=5,oh=13,ow=11]/native: all pixels are the first of a row"
    case resizeCorner = "resize[c=8,h=7,w=5,oh=13,ow=11]/native: one of four pixels counts for another"

    // Graphs.
    case spmmEdge = "spmm[nodes=34,edges=156,f=3]/native: the last edge of every row is left out"
    case spmmHubEdge = "spmm[nodes=169343,edges=1166243,f=32]/native: the last edge of the busiest node is left out"
    case spmmRelative = "spmm[nodes=169343,edges=1166243,f=32]/native: everything is 1e-4 too large"
    case spmmStart = "spmm[nodes=34,edges=156,f=33,reduce=max]/native: a maximum begins at 0"
    case spmmMean = "spmm[nodes=34,edges=156,f=33,reduce=mean]/native: sums are divided by an edge too many"
    case spmmWeight = "spmm[nodes=34,edges=156,f=33,weighted=true]/native: all edges have the first one's weight"
    case spmmEnd = "spmm[nodes=34,edges=156,f=3]/native: the last rows are read an element early"
    case spmmJoin = "spmm[nodes=5,edges=157,f=33]/native/f32/t2: a row that two threads share has one part"
    case gatherWeight = "spmm[nodes=34,edges=156,f=33,weighted=true]/gather-scatter: all edges have the first's weight"
    case fusedMean = "spmm[nodes=34,edges=156,f=33,reduce=mean]/fused: sums are divided by an edge too many"
    case dotTail = "sddmm[nodes=34,edges=156,f=33,op=dot]/native: the last features are left out"
    case addEdgesRow = "sddmm[nodes=34,edges=156,f=1,op=add]/native: all destinations are the first"
    case addEdgesTail = "sddmm[nodes=34,edges=156,f=33,op=add]/native: the last features are the destination's twice"
    case sddmmShare = "sddmm[nodes=34,edges=156,f=33,op=dot]/native/f32/t2: the second thread has the first one's rows"
    case edgeMask = "edge_softmax[nodes=34,edges=156]/native: the last edge of a row is left out of the sum"
    case edgeLargest = "edge_softmax[nodes=34,edges=156]/native: the largest is not taken from the others"
    case edgeBlock = "edge_softmax[nodes=340,edges=1560,h=8]/native: the last row of a block is not divided"
    case edgeTerm = "edge_softmax[nodes=34,edges=156,h=3]/native: the last edge of a row is left out of the sum"

    // Detection.
    case boxCut = "box_decode[h=64,w=48,classes=5,top=10]/native: boxes reach over the right edge"
    case boxScore = "box_decode[h=64,w=48,classes=5,top=10]/native: scores are 1e-4 too large"
    case boxShift = "box_decode[h=256,w=320,classes=5,top=100]/native: boxes are moved down by their width"
    case boxLast = "box_decode[h=256,w=320,classes=5,top=300]/native: the last of every 64 scores is not seen"
    case nmsNone = "nms[boxes=200,classes=3,iou=0.9,keep=200]/native: rows without a score are candidates"
    case nmsClass = "nms[boxes=200,classes=3,keep=150]/native: classes suppress each other"
    case nmsThreshold = "nms[boxes=200,classes=3,keep=150]/native: a tenth less overlap is enough"
    case nmsTie = "nms[boxes=200,classes=3,keep=150]/native: of equal scores the later row is better"

    // Networks: layers, the memory plan, passes.
    case zeroResNet = "resnet18[resolution=64]/native: an element of a layer is 0"
    case zeroMobileNet = "mobilenet_v2[resolution=64]/native: an element of a layer is 0"
    case zeroConvNeXt = "convnext_tiny[resolution=64]/native: an element of a layer is 0"
    case zeroDenseNet = "densenet121[resolution=64]/openblas: an element of a layer is 0"
    case channelConvNeXt = "convnext_tiny[resolution=64]/openblas: the last channel of a layer is 1 % too large"
    case channelDenseNet = "densenet121[resolution=64]/native: the last channel of a layer is 1 % too large"
    case relativeConvNeXt = "convnext_tiny[resolution=64]/native: a layer is 1e-3 too large"
    case networkUnwritten = "resnet18[resolution=64]/native: a layer does not write its last element"
    case networkLater = "resnet18[resolution=64]/native: a layer is wrong from its fourth call on"
    case networkGelu = "convnext_tiny[resolution=64]/native: gelu by tanh"
    case networkEpsilon = "convnext_tiny[resolution=64]/native: the epsilon of norms is ten times as large"
    case networkPlace = "resnet18[resolution=64]/native: a feature map is written over while it is still needed"
    case foldMean = "mobilenet_v2[resolution=64]/native: a norm is folded without its mean"
    case foldEpsilon = "mobilenet_v2[resolution=64]/native: a norm is folded with an epsilon ten times as large"
    case foldChannel = "resnet18[resolution=64]/openblas: all channels are folded with the first one's factor"
    case foldScale = "convnext_tiny[resolution=64]/native: a layer scale is not folded into the bias"
    case mergeTap = "repvgg_a0[resolution=64]/native: a 1x1 is merged into the first tap of a 3x3"
    case mergeBias = "repvgg_a0[resolution=64]/native: the bias of a merged branch is left out"
    case fuseResidual = "resnet18[resolution=64]/native: a residual is left out"
    case fuseActivation = "mobilenet_v2[resolution=64]/native: an activation is left out"
}

extension Mutant {
    /// The name that `ASSAY_MUTANT` uses.
    package var name: String { String(describing: self) }

    /// The case whose verification should find the fault.
    package var caseName: String { String(rawValue.prefix { $0 != ":" }) }

    /// What is wrong.
    package var fault: String { String(rawValue.dropFirst(caseName.count + 2)) }
}
