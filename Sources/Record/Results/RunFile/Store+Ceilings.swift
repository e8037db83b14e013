import Foundation
import Platform

extension Store {
    /// The file of the best ceilings ever measured on a machine, next to its run files.
    private func ceilingsPath(machine: String) -> String { "\(root)/\(Self.fileName(machine))/ceilings.json" }

    /// The best ceilings of a machine so far. Nil if there are none or the file is damaged; they are then measured.
    package func ceilings(machine: String) -> Ceilings? {
        guard let bytes = FileManager.default.contents(atPath: ceilingsPath(machine: machine)),
            let ceilings = try? JSONDecoder().decode(Ceilings.self, from: bytes),
            ceilings.inconsistency == nil
        else { return nil }
        return ceilings
    }

    /// Merges the ceilings measured now with all earlier ones, and returns the best for every number of threads. If the
    /// folder cannot be written, later runs only lack these ceilings.
    package func keep(_ measured: Ceilings, machine: String) -> Ceilings {
        let best = ceilings(machine: machine).map { $0.merged(with: measured) } ?? measured
        if let text = try? JSONText.of(best) {
            try? Data(text.utf8).write(to: URL(fileURLWithPath: ceilingsPath(machine: machine)), options: .atomic)
        }
        return best
    }
}
