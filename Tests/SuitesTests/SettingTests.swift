import Foundation
import Settings
import Testing

/// How a case is run, as text and in files.
@Suite struct SettingTests {
    @Test func ranksAreWrittenWhereThereAreSeveral() {
        #expect(Setting("native", threads: 4).text == "/native/f32/t4")
        #expect(Setting("native", threads: 4, ranks: 2).text == "/native/f32/t4/r2")
    }

    @Test(arguments: [Setting("native"), Setting("openblas", element: .i32, threads: 3, ranks: 4)])
    func whatIsWrittenIsRead(setting: Setting) throws {
        let parts = setting.text.split(separator: "/").map(String.init)
        let given = try Setting.Given(parsing: parts)
        #expect(given.implementation == setting.implementation && given.element == setting.element)
        #expect(given.threads == setting.threads && given.ranks ?? 1 == setting.ranks)
        #expect(try JSONDecoder().decode(Setting.self, from: JSONEncoder().encode(setting)) == setting)
    }

    /// Files and workers from before there were ranks, and from before there were elements.
    @Test func whatOlderOnesDoNotSayIsAsItWas() throws {
        let old = Data(#"{"implementation":"native","threads":2}"#.utf8)
        #expect(try JSONDecoder().decode(Setting.self, from: old) == Setting("native", threads: 2))
        let now = String(decoding: try JSONEncoder().encode(Setting("native")), as: UTF8.self)
        #expect(!now.contains("ranks"))
        let later = Data(#"{"implementation":"native","threads":2,"element":"f5"}"#.utf8)
        let error = #expect(throws: DecodingError.self) { try JSONDecoder().decode(Setting.self, from: later) }
        #expect("\(error as Any)".contains("'f5' is no element type of this version"))
    }

    @Test(arguments: [
        (["native", "f5"], SettingError.element("f5")), (["native", "f32", "x1"], .threads("x1")),
        (["native", "f32", "t0"], .threads("t0")), (["native", "f32", "t1025"], .threads("t1025")),
        (["native", "f32", "t1", "4"], .ranks("4")), (["native", "f32", "t1", "r1", "z"], .form), ([""], .form),
    ])
    func thePartAtFaultIsNamed(parts: [String], error: SettingError) {
        #expect(throws: error) { try Setting.Given(parsing: parts) }
        #expect(!error.remedy.isEmpty)
    }
}
