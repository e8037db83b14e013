import Foundation
import Workers

extension ComparisonSession {
    /// Of two programs, which take turns where both can.
    package init(
        cases: [ComparedCase], contenders: Both<Contender>, options: ComparisonOptions,
        memoryAvailable: @escaping () -> Int?, interrupted: @escaping () -> Bool
    ) {
        let takeTurns = contenders.base.takesTurns && contenders.head.takesTurns
        self.init(
            cases: cases, options: options,
            pairing: { index in
                if takeTurns {
                    return TurnPairing(
                        index: index, item: cases[index], contenders: contenders, options: options,
                        interrupted: interrupted)
                }
                return SuccessivePairing(
                    index: index, item: cases[index], contenders: contenders, options: options,
                    interrupted: interrupted)
            },
            memoryAvailable: memoryAvailable, interrupted: interrupted,
            now: { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 })
    }
}
