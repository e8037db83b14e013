extension Check {
    /// Without huge pages, large operands miss the TLB.
    static let hugePages = Check("huge_pages", "Transparent huge pages") { system in
        let path = "/sys/kernel/mm/transparent_hugepage/enabled"
        let words = system.files.line(path)?.split(separator: " ") ?? []
        guard let chosen = words.first(where: { $0.hasPrefix("[") && $0.hasSuffix("]") })?.dropFirst().dropLast() else {
            return .unknown("\(path) cannot be read")
        }
        switch chosen {
        case "always", "madvise": return .ok(String(chosen))
        default:
            return .warning(
                "\(chosen): large tensors lie in small pages", remedy: "echo madvise | sudo tee \(path)")
        }
    }
}
