import Results

/// The machine code of both programs, read when it is first asked for.
final class ProgramCodes {
    private let contenders: Both<Contender>
    private lazy var identity: Result<CodeIdentity, MachineCodeError> = read()
    /// Of all their functions: the same for every case.
    private var whole: CodeComparison?

    init(_ contenders: Both<Contender>) { self.contenders = contenders }

    /// Where the time of a case goes; of programs that do not tell, all there is.
    func compare(_ hot: Both<HotCode>?) -> CodeComparison? {
        switch identity {
        case .failure(let error): return .unknown(error.description)
        case .success(var identity):
            defer { self.identity = .success(identity) }
            guard let hot else {
                let whole = whole ?? identity.comparePrograms()
                self.whole = whole
                // That something differs somewhere says nothing of a case.
                return switch whole {
                case .same, .moved: whole
                case .differs, .unknown: nil
                }
            }
            return identity.compare(hot)
        }
    }

    private func read() -> Result<CodeIdentity, MachineCodeError> {
        do throws(MachineCodeError) {
            return .success(
                CodeIdentity(
                    Both(
                        base: try ProgramCode(path: contenders.base.executable),
                        head: try ProgramCode(path: contenders.head.executable))))
        } catch { return .failure(error) }
    }
}
