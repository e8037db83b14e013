import Workloads

/// Channels as the mobile networks round them: a multiple of 8, at least 8, and not below nine tenths of what was asked for.
func divisible(_ channels: Double) -> Int {
    let rounded = max(8, Int(min(channels, 1e9) + 4) / 8 * 8)
    return Double(rounded) < 0.9 * channels ? rounded + 8 : rounded
}

extension Parameter {
    /// What all channels are multiplied by.
    package static func widthMultiplier(default width: Double = 1) -> Parameter {
        Parameter("width", .real(0.01...16), .value(.real(width)), "what the channels are multiplied by")
            .usually(0.1...4)
    }
}
