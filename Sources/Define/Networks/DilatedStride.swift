/// Strides that become dilations once a network has reached an output stride, so that its features keep their size
/// (Chen et al., "DeepLab", 2016).
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
    ///   - reached: the stride of the incoming features.
    ///   - isEager: whether a convolution that gives up its stride is itself dilated by it.
    init(reached: Int, limit: Int, isEager: Bool = false) {
        self.reached = reached
        self.limit = limit
        self.isEager = isEager
    }

    /// What a convolution with this stride does instead. If it is not eager and gives up its stride, it keeps the
    /// earlier dilation: its input is on the old grid.
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
