import Foundation
import Platform

extension Store {
    /// Where the best ceilings ever measured of a machine stand, beside its run files.
    private func ceilingsPath(machine: String) -> String { "\(root)/\(Self.fileName(machine))/ceilings.json" }

    /// The best ceilings of a machine so far. Nil if there are none, or the file is damaged: then they are measured anew.
    package func ceilings(machine: String) -> Ceilings? {
        guard let bytes = FileManager.default.contents(atPath: ceilingsPath(machine: machine)),
            let ceilings = try? JSONDecoder().decode(Ceilings.self, from: bytes),
            ceilings.inconsistency == nil
        else { return nil }
        return ceilings
    }

    /// Takes in what was measured just now, and returns the best of this and all before, for every number of threads. A
    /// folder that cannot be written loses only what later runs would have known.
    package func keep(_ measured: Ceilings, machine: String) -> Ceilings {
        let best = ceilings(machine: machine).map { $0.merged(with: measured) } ?? measured
        if let text = try? JSONText.of(best) {
            try? Data(text.utf8).write(to: URL(fileURLWithPath: ceilingsPath(machine: machine)), options: .atomic)
        }
        return best
    }
}
