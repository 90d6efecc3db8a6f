#include "service/tabular/workbook_formats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "service/tabular/decimal.h"
#include "service/tabular/workbook.h"
#include "service/text/era.h"

namespace kirikae::tabular {
namespace {

// Spreadsheets take format codes of up to so many characters.
constexpr size_t kLongestFormat = 255;

enum class TokenKind {
  kLiteral,
  kDigit,
  kPoint,
  kComma,
  kPercent,
  kExponent,
  kClock,
  kGeneral,
  kText
};

struct Token {
  TokenKind kind = TokenKind::kLiteral;
  std::string text;
};

bool IsIn(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

}  // namespace

struct NumberFormat::Section {
  std::vector<Token> tokens;
  std::string comparison;  // of a condition, such as `>=`; "" = none
  double limit = 0;
  bool day = false;
  bool clock = false;
  bool general = false;
  bool text = false;
  bool not_read = false;
  int digits = 0;  // placeholders

  bool Has(TokenKind kind) const {
    return std::any_of(tokens.begin(), tokens.end(),
                       [kind](const Token& token) { return token.kind == kind; });
  }
};

namespace {

using Section = NumberFormat::Section;

// ECMA-376 part 1, 18.8.30: the built-in formats, and those of Japanese workbooks.
std::string_view BuiltInCode(int id) {
  constexpr std::array<std::pair<int, std::string_view>, 25> kCodes = {{
      {1, "0"},
      {2, "0.00"},
      {3, "#,##0"},
      {4, "#,##0.00"},
      {5, "¥#,##0;-¥#,##0"},
      {6, "¥#,##0;-¥#,##0"},
      {7, "¥#,##0.00;-¥#,##0.00"},
      {8, "¥#,##0.00;-¥#,##0.00"},
      {9, "0%"},
      {10, "0.00%"},
      {11, "0.00E+00"},
      {12, "# ?/?"},
      {13, "# ?\?/?\?"},
      {18, "h:mm AM/PM"},
      {19, "h:mm:ss AM/PM"},
      {20, "h:mm"},
      {21, "h:mm:ss"},
      {32, "h\"時\"mm\"分\""},
      {33, "h\"時\"mm\"分\"ss\"秒\""},
      {37, "#,##0;-#,##0"},
      {38, "#,##0;-#,##0"},
      {39, "#,##0.00;-#,##0.00"},
      {40, "#,##0.00;-#,##0.00"},
      {45, "mm:ss"},
      {46, "[h]:mm:ss"},
  }};
  if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || (id >= 34 && id <= 36) ||
      (id >= 50 && id <= 58)) {
    return "yyyy/m/d";
  }
  if (id == 49) return "@";
  if (id >= 41 && id <= 44) return "#,##0;-#,##0";
  const auto* const found = std::find_if(kCodes.begin(), kCodes.end(),
                                         [id](const auto& code) { return code.first == id; });
  return found == kCodes.end() ? "General" : found->second;
}

// Splits a format into tokens.
class Parser {
 public:
  explicit Parser(std::string_view code) : rest_(code) {}

  std::vector<Section> Parse() {
    std::vector<Section> sections(1);
    while (!rest_.empty()) {
      if (rest_.front() == ';') {
        rest_.remove_prefix(1);
        sections.emplace_back();
      } else {
        TakeToken(sections.back());
      }
    }
    for (Section& section : sections) Finish(section);
    return sections;
  }

 private:
  static void Add(Section& section, TokenKind kind, std::string_view text) {
    if (kind == TokenKind::kLiteral && !section.tokens.empty() &&
        section.tokens.back().kind == kind) {
      section.tokens.back().text += text;
    } else {
      section.tokens.push_back({kind, std::string(text)});
    }
  }

  std::string_view Cut(size_t length) {
    const std::string_view cut = rest_.substr(0, length);
    rest_.remove_prefix(cut.size());
    return cut;
  }

  // The character of `rest_` at `at`, of one byte or more.
  size_t CharacterLength(size_t at) const {
    size_t length = 1;
    while (at + length < rest_.size() &&
           (static_cast<unsigned char>(rest_[at + length]) & 0xC0U) == 0x80U) {
      ++length;
    }
    return length;
  }

  bool TakeWord(Section& section, std::string_view word, TokenKind kind) {
    if (!absl::EqualsIgnoreCase(
            absl::string_view(rest_.data(), std::min(rest_.size(), word.size())),
            absl::string_view(word.data(), word.size()))) {
      return false;
    }
    Cut(word.size());
    Add(section, kind, word);
    return true;
  }

  void TakeToken(Section& section) {
    const char c = rest_.front();
    if (c == '"') {
      const size_t end = rest_.find('"', 1);
      Add(section, TokenKind::kLiteral, rest_.substr(1, std::min(end, rest_.size()) - 1));
      Cut(end == std::string_view::npos ? rest_.size() : end + 1);
    } else if (c == '[') {
      TakeBracket(section);
    } else if (c == '\\' || c == '!') {
      Cut(1);
      if (!rest_.empty()) Add(section, TokenKind::kLiteral, Cut(CharacterLength(0)));
    } else if (c == '_' || c == '*') {
      // A space as wide as the character, or the character repeated over the cell's width.
      Cut(1);
      if (!rest_.empty()) Cut(CharacterLength(0));
    } else if (TakeWord(section, "General", TokenKind::kGeneral)) {
      section.general = true;
    } else if (TakeWord(section, "AM/PM", TokenKind::kClock) ||
               TakeWord(section, "A/P", TokenKind::kClock)) {
      section.clock = true;
    } else if (IsIn(c, "eE") && rest_.size() > 1 && IsIn(rest_[1], "+-")) {
      Add(section, TokenKind::kExponent, Cut(2));
    } else if (IsIn(absl::ascii_tolower(c), "ydmhsegab")) {
      TakeClock(section);
    } else {
      TakeSign(section, c);
    }
  }

  void TakeClock(Section& section) {
    const char c = absl::ascii_tolower(rest_.front());
    size_t length = 0;
    while (length < rest_.size() && absl::ascii_tolower(rest_[length]) == c) ++length;
    Add(section, TokenKind::kClock, std::string(Cut(length).size(), c));
    if (IsIn(c, "hs")) section.clock = true;
    if (IsIn(c, "ydegab")) section.day = true;
  }

  void TakeSign(Section& section, char c) {
    if (IsIn(c, "0#?")) {
      Add(section, TokenKind::kDigit, Cut(1));
      ++section.digits;
    } else if (c == '.') {
      Add(section, TokenKind::kPoint, Cut(1));
    } else if (c == ',') {
      Add(section, TokenKind::kComma, Cut(1));
    } else if (c == '%') {
      Add(section, TokenKind::kPercent, Cut(1));
    } else if (c == '@') {
      Add(section, TokenKind::kText, Cut(1));
      section.text = true;
    } else {
      // Fractions; between parts of a date it is a sign like others.
      if (c == '/' && section.digits > 0) section.not_read = true;
      Add(section, TokenKind::kLiteral, Cut(CharacterLength(0)));
    }
  }

  void TakeBracket(Section& section) {
    const size_t end = std::min(rest_.find(']'), rest_.size());
    const std::string inside(rest_.substr(1, end - 1));
    Cut(end + 1);
    const std::string small = absl::AsciiStrToLower(inside);
    if (inside.starts_with('$')) {
      // [$¥-411]: a currency's sign and a language.
      Add(section, TokenKind::kLiteral, std::string_view(inside).substr(1, inside.find('-') - 1));
    } else if (small.starts_with("dbnum")) {
      section.not_read = true;
    } else if (!small.empty() && small.find_first_not_of(small.front()) == std::string::npos &&
               IsIn(small.front(), "hms")) {
      Add(section, TokenKind::kClock, "[" + small + "]");
      section.clock = true;
    } else if (!inside.empty() && IsIn(inside.front(), "<>=")) {
      const size_t number = std::min(inside.find_first_not_of("<>="), inside.size());
      if (absl::SimpleAtod(inside.substr(number), &section.limit)) {
        section.comparison = inside.substr(0, number);
      }
    }
  }

  static void Finish(Section& section) {
    // An m is a month unless it stands in a time.
    const bool month = std::any_of(
        section.tokens.begin(), section.tokens.end(),
        [](const Token& t) { return t.kind == TokenKind::kClock && t.text.front() == 'm'; });
    if (month && !section.clock) section.day = true;
    // The day is read as a day, in whatever digits the format shows it.
    if (section.day) section.not_read = false;
  }

  std::string_view rest_;
};

bool Meets(const Section& section, double number) {
  const std::string& sign = section.comparison;
  if (sign == ">") return number > section.limit;
  if (sign == ">=") return number >= section.limit;
  if (sign == "<") return number < section.limit;
  if (sign == "<=") return number <= section.limit;
  if (sign == "=") return number == section.limit;
  return sign == "<>" && number != section.limit;
}

std::optional<std::string> DayText(double number, bool counts_from_1904) {
  // 2,958,465 is the last day of the year 9999. Excel takes 1900 for a leap year, so the numbers up
  // to 60 are a day later there.
  if (number < 0 || number >= 2958466) return std::nullopt;
  if (!counts_from_1904 && (number < 1 || std::floor(number) == 60)) return std::nullopt;
  absl::CivilDay origin = number < 60 ? absl::CivilDay(1899, 12, 31) : absl::CivilDay(1899, 12, 30);
  if (counts_from_1904) origin = absl::CivilDay(1904, 1, 1);
  const auto minutes = static_cast<int64_t>(std::llround(number * 24 * 60));
  const std::string day = text::IsoDate(origin + minutes / (24 * 60));
  const int64_t rest = minutes % (24 * 60);
  if (rest == 0) return day;
  return day + absl::StrFormat(" %02d:%02d", rest / 60, rest % 60);
}

std::string ClockText(const Section& section, double number) {
  const auto seconds = static_cast<int64_t>(std::llround(std::abs(number) * 24 * 60 * 60));
  const bool noon =
      section.Has(TokenKind::kClock) &&
      std::any_of(section.tokens.begin(), section.tokens.end(), [](const Token& t) {
        return t.kind == TokenKind::kClock && absl::ascii_toupper(t.text.front()) == 'A';
      });
  std::string out;
  for (const Token& token : section.tokens) {
    if (token.kind != TokenKind::kClock) {
      if (token.kind == TokenKind::kLiteral) out += token.text;
      continue;
    }
    const bool elapsed = token.text.front() == '[';
    const char unit = token.text[elapsed ? 1 : 0];
    const size_t width = token.text.size() - (elapsed ? 2 : 0);
    int64_t value = seconds;
    if (unit == 'h') value = elapsed ? seconds / 3600 : seconds / 3600 % 24;
    if (unit == 'm') value = elapsed ? seconds / 60 : seconds / 60 % 60;
    if (unit == 's' && !elapsed) value = seconds % 60;
    if (absl::ascii_toupper(unit) == 'A') {
      const bool morning = seconds / 3600 % 24 < 12;
      out += token.text.size() > 3 ? (morning ? "AM" : "PM") : (morning ? "A" : "P");
      continue;
    }
    if (unit == 'h' && noon && !elapsed) value = (value + 11) % 12 + 1;
    out += absl::StrFormat("%0*d", static_cast<int>(width), value);
  }
  return out;
}

// Puts a number's digits into the placeholders of a section.
class DigitFiller {
 public:
  explicit DigitFiller(const Section& section) : section_(section) {
    bool fraction = false;
    bool digit = false;
    size_t commas = 0;  // since the last placeholder
    for (const Token& token : section.tokens) {
      if (token.kind == TokenKind::kPoint) fraction = true;
      if (token.kind == TokenKind::kPercent) percents_ += 1;
      if (token.kind == TokenKind::kComma && digit && !fraction) ++commas;
      if (token.kind != TokenKind::kDigit) continue;
      if (fraction) {
        ++decimals_;
        continue;
      }
      grouped_ = grouped_ || commas > 0;
      commas = 0;
      digit = true;
      ++places_;
    }
    thousands_ = static_cast<int>(commas);
  }

  ShownNumber Fill(const Decimal& number) {
    const Decimal shown = number.Scaled(2 * percents_ - 3 * thousands_).Rounded(decimals_);
    return {Write(shown, grouped_), grouped_ ? Write(shown, false) : std::string()};
  }

 private:
  std::string Write(const Decimal& shown, bool grouped) const {
    std::string whole = shown.Whole();
    const std::string fraction = shown.Fraction(decimals_);
    std::string out;
    int place = 0;
    int decimal = 0;
    bool after_point = false;
    for (const Token& token : section_.tokens) {
      if (token.kind == TokenKind::kLiteral) out += token.text;
      if (token.kind == TokenKind::kPercent) out += '%';
      if (token.kind == TokenKind::kPoint) {
        after_point = true;
        out += '.';
      }
      if (token.kind != TokenKind::kDigit) continue;
      if (after_point) {
        const auto at = static_cast<size_t>(decimal++);
        const bool ends = fraction.find_first_not_of('0', at) == std::string::npos;
        if (token.text == "0" || !ends) out += fraction[at];
        continue;
      }
      // Digits from the right; the first placeholder takes all that have no other.
      const int from_right = places_ - place++;  // of this placeholder, 1 for the last
      const auto length = static_cast<int>(whole.size());
      const int first = place == 1 ? std::max(length, from_right) : from_right;
      for (int at = first; at >= from_right; --at) {
        const bool digit = at <= length;
        if (!digit && token.text != "0") continue;
        out += digit ? whole[static_cast<size_t>(length - at)] : '0';
        if (grouped && at > 1 && (at - 1) % 3 == 0) out += ',';
      }
    }
    return out;
  }

  const Section& section_;
  int places_ = 0;
  int decimals_ = 0;
  int percents_ = 0;
  int thousands_ = 0;
  bool grouped_ = false;
};

std::string ExponentText(const Section& section, const Decimal& number) {
  int decimals = 0;
  int width = 0;
  bool point = false;
  bool exponent = false;
  for (const Token& token : section.tokens) {
    point = point || token.kind == TokenKind::kPoint;
    exponent = exponent || token.kind == TokenKind::kExponent;
    if (token.kind == TokenKind::kDigit && exponent) ++width;
    if (token.kind == TokenKind::kDigit && point && !exponent) ++decimals;
  }
  Decimal mantissa = number;
  mantissa.point = number.digits.empty() ? 0 : 1;
  mantissa = mantissa.Rounded(decimals);
  const int power = number.digits.empty() ? 0 : number.point - 1 + (mantissa.point - 1);
  mantissa.point = number.digits.empty() ? 0 : 1;
  const std::string whole = mantissa.Whole();
  return (whole.empty() ? "0" : whole) + (decimals == 0 ? "" : "." + mantissa.Fraction(decimals)) +
         absl::StrFormat("E%c%0*d", power < 0 ? '-' : '+', width, std::abs(power));
}

std::string LiteralsWith(const Section& section, TokenKind kind, const std::string& text) {
  std::string out;
  for (const Token& token : section.tokens) {
    if (token.kind == TokenKind::kLiteral) out += token.text;
    if (token.kind == kind) out += text;
  }
  return out;
}

std::optional<ShownNumber> ShowIn(const Section& section, double number, bool counts_from_1904) {
  if (section.not_read) return std::nullopt;
  const Decimal decimal = Decimal::Of(number);
  if (section.day) {
    const std::optional<std::string> day = DayText(number, counts_from_1904);
    return ShownNumber{day.value_or(decimal.General())};
  }
  if (section.clock) return ShownNumber{ClockText(section, number)};
  if (section.Has(TokenKind::kGeneral)) {
    return ShownNumber{LiteralsWith(section, TokenKind::kGeneral, decimal.General())};
  }
  if (section.text) return ShownNumber{LiteralsWith(section, TokenKind::kText, decimal.General())};
  if (section.Has(TokenKind::kExponent)) return ShownNumber{ExponentText(section, decimal)};
  return DigitFiller(section).Fill(decimal);
}

}  // namespace

NumberFormat::NumberFormat() : NumberFormat("General") {}

NumberFormat::NumberFormat(std::string_view code)
    : code_(code),
      sections_(std::make_shared<const std::vector<Section>>(
          Parser(code.empty() || code.size() > kLongestFormat ? "General" : code).Parse())) {}

const NumberFormat::Section* NumberFormat::SectionFor(double number) const {
  const std::vector<Section>& all = *sections_;
  const size_t count =
      std::min<size_t>(all.size() > 1 && all.back().text ? all.size() - 1 : all.size(), 3);
  const bool conditions =
      std::any_of(all.begin(), all.end(), [](const Section& s) { return !s.comparison.empty(); });
  if (conditions) {
    for (size_t i = 0; i < count; ++i) {
      if (all[i].comparison.empty() || Meets(all[i], number)) return &all[i];
    }
    return nullptr;
  }
  if (number < 0 && count > 1) return &all[1];
  if (number == 0 && count > 2) return &all[2];
  return all.data();
}

std::optional<ShownNumber> NumberFormat::Show(const std::string& value,
                                              bool counts_from_1904) const {
  double number = 0;
  if (!absl::SimpleAtod(value, &number) || !std::isfinite(number)) return ShownNumber{value};
  const Section* const section = SectionFor(number);
  if (section == nullptr) return std::nullopt;
  const bool own_sign = section != sections_->data() && section->comparison.empty();
  std::optional<ShownNumber> shown = ShowIn(
      *section, section->day || section->general || section->text ? number : std::abs(number),
      counts_from_1904);
  const bool signed_already = section->day || section->general || section->text;
  if (!shown.has_value() || number >= 0 || own_sign || signed_already) return shown;
  // A number that is rounded to nothing has no sign.
  if (shown->text.find_first_of("123456789") == std::string::npos) return shown;
  shown->text.insert(0, "-");
  if (!shown->plain.empty()) shown->plain.insert(0, "-");
  return shown;
}

std::string NumberFormat::ShowText(const std::string& text) const {
  const std::vector<Section>& all = *sections_;
  if (all.size() < 4 && !all.back().text) return text;
  return LiteralsWith(all.size() < 4 ? all.back() : all[3], TokenKind::kText, text);
}

std::vector<NumberFormat> CellFormats(const pugi::xml_document& styles) {
  std::map<int, NumberFormat> known;
  const pugi::xml_node root = styles.document_element();
  for (const pugi::xml_node& format : ChildNamed(root, "numFmts").children()) {
    known.insert_or_assign(format.attribute("numFmtId").as_int(),
                           NumberFormat(format.attribute("formatCode").value()));
  }
  std::vector<NumberFormat> out;
  for (const pugi::xml_node& cell : ChildNamed(root, "cellXfs").children()) {
    const int id = cell.attribute("numFmtId").as_int();
    out.push_back(known.try_emplace(id, BuiltInCode(id)).first->second);
  }
  return out;
}

}  // namespace kirikae::tabular
