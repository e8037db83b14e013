import Foundation

/// How far from 1 a ratio may be and count as none.
package enum Margin {
    /// The logarithm of 1 + margin: a ratio within the margin has one that is nearer to 0, on either side.
    package static func log(of margin: Double) -> Double { Foundation.log1p(margin) }
}
