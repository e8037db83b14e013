extension String {
    /// The number that the text spells in decimal digits; nil otherwise, also for `nan` and hexadecimal digits.
    var decimal: Double? {
        utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Double(self) : nil
    }
}
