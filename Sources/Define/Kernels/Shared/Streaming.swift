import Instructions
import Vectors

/// Whether an output of this many elements, in rows of this many, is written past the caches: it is larger than any of them, so a
/// reader will not find it there, and the lines that it takes need not be read first. Its rows must be whole vectors.
func isStreamed(elements: Int, row: Int) -> Bool { elements > 8 << 20 && row % microkernels.lanes == 0 }
