/// Strides that become dilations once a network has reached an output stride, so that its features stay as large (Chen et al.,
/// "DeepLab", 2016).
struct DilatedStride {
    struct Step {
        let stride: Int
        let dilation: Int
    }

    private var reached: Int
    private let limit: Int
    private let isEager: Bool
    private var dilation = 1

    /// - Parameters:
    ///   - reached: the stride of the features that come in.
    ///   - isEager: whether a convolution that gives up its stride is itself dilated by it.
    init(reached: Int, limit: Int, isEager: Bool = false) {
        self.reached = reached
        self.limit = limit
        self.isEager = isEager
    }

    /// What a convolution that would stride so far does instead. Where it is not eager, one that gives up its stride still has
    /// the dilation from before: it stands on the old grid.
    mutating func take(_ stride: Int) -> Step {
        let before = dilation
        guard reached * stride > limit else {
            reached *= stride
            return Step(stride: stride, dilation: before)
        }
        dilation *= stride
        return Step(stride: 1, dilation: isEager ? dilation : before)
    }
}
