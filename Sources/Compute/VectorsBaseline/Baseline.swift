import Vectors

/// The microkernels for what every processor of the architecture has: SSE2 (multiply, then add), or NEON.
package enum Baseline: Microkernels { package typealias V = SIMD4<Float> }
