extension String {
    /// The number that it writes in decimal digits; nil for all else, `nan` and hexadecimal digits among it.
    var decimal: Double? {
        utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Double(self) : nil
    }
}
