import Workloads

/// Rounds channels like the mobile networks: a multiple of 8, at least 8, and at least nine tenths of `channels`.
func divisible(_ channels: Double) -> Int {
    let rounded = max(8, Int(min(channels, 1e9) + 4) / 8 * 8)
    return Double(rounded) < 0.9 * channels ? rounded + 8 : rounded
}

extension Parameter {
    /// The factor for all channels.
    package static func widthMultiplier(default width: Double = 1) -> Parameter {
        Parameter("width", .real(0.01...16), .value(.real(width)), "what the channels are multiplied by")
            .usually(0.1...4)
    }
}
