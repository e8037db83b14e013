import Platform

extension Machine {
    /// A short, lasting name that can be used as a folder name: `amd-epyc-2cpu-1a2b3c4d`.
    ///
    /// The processor and the number of processors for people, and a hash of the rest of the description.
    package var id: String {
        let digits = String(UInt32(truncatingIfNeeded: fingerprint ^ fingerprint >> 32), radix: 16)
        return "\(slug)-\(processors)cpu-" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The processor's name without filler words and frequency.
    private var slug: String {
        let filler: Set<String> = ["r", "tm", "cpu", "processor", "core", "with", "radeon", "graphics"]
        let name = processor.lowercased().split(separator: "@").first ?? ""
        let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
        // "64-Core Processor": drop the number together with its word.
        let kept = words.indices.filter { index in
            let counts = Int(words[index]) != nil && index + 1 < words.count && words[index + 1] == "core"
            return !filler.contains(words[index]) && !counts
        }
        let slug = kept.map { words[$0] }.joined(separator: "-").prefix(40)
        return slug.isEmpty ? "unknown" : String(slug)
    }

    /// Covers the hardware and the part of it we may use. Leaves out the kernel and the toolchain: a history should
    /// show how updates change the figures. Memory counts in whole GiB, since kernels reserve different amounts of it.
    private var fingerprint: UInt64 {
        let caches = caches.map { "L\($0.level) \($0.kind) \($0.bytes)/\($0.sharedBy)" }
        let gibibytes = (Double(memoryBytes) / 0x1p30).rounded()
        let fields =
            [slug, architecture, "\(processors)", "\(quota ?? 0)", "\(gibibytes)"] + instructionSets
            + caches
        return Fingerprint.of(fields.joined(separator: "|").utf8)
    }
}
