import Vectors

/// The microkernels for x86-64-v3: 256-bit vectors with a fused multiply-add.
package enum AVX2: Microkernels { package typealias V = SIMD8<Float> }
