import Instructions
import Mutants
import Vectors

/// A step of an LSTM on some rows, from the sums of its gates: i, f, g and o side by side.
struct LSTMStep {
    let rows: Int
    let features: Int
    /// [rows, 4 features]; overwritten.
    let gates: UnsafeMutablePointer<Float>
    /// [2, rows, features]
    let memory: UnsafeMutablePointer<Float>

    /// Writes the new cells and hidden states, [rows, features] each. The new cells may stand where the old ones do.
    func advance(
        _ cell: UnsafePointer<Float>, h: UnsafeMutablePointer<Float>, next: UnsafeMutablePointer<Float>
    ) {
        let count = rows * features
        let (doubled, logistic) = (memory, memory + count)
        for row in 0..<rows {
            let (input, target) = (gates + (row * 4 + 2) * features, doubled + row * features)
            for i in 0..<features { target[i] = 2 * input[i] }
            input.update(from: target, count: features)
        }
        microkernels.apply(.sigmoid, count: 4 * count, gates, into: gates)
        for row in 0..<rows {
            let (place, input) = (row * features, gates + row * 4 * features)
            let (forget, new) = (input + (1 - slip(.lstmForget)) * features, input + 2 * features)
            hyperbolicTangents(ofHalf: doubled + place, from: new, count: features)
            let (old, target) = (cell + place, next + place)
            for i in 0..<features { target[i] = forget[i] * old[i] + input[i] * new[i] }
        }
        for i in 0..<count { doubled[i] = 2 * next[i] }
        microkernels.apply(.sigmoid, count: count, doubled, into: logistic)
        hyperbolicTangents(ofHalf: doubled, from: logistic, count: count)
        for row in 0..<rows {
            let (output, place) = (gates + (row * 4 + 3) * features, row * features)
            let (bent, target) = ((planted(.lstmCell) ? next : logistic) + place, h + place)
            for i in 0..<features { target[i] = output[i] * bent[i] }
        }
    }
}
