import Vectors

/// The microkernels for the minimum that every processor of the architecture has: SSE2 (multiply, then add), or NEON.
package enum Baseline: Microkernels { package typealias V = SIMD4<Float> }
