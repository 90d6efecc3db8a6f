#include "service/tabular/decimal.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_format.h"

namespace kirikae::tabular {
namespace {

constexpr int kDigits = 15;

void DropZeros(Decimal& number) {
  while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
  const size_t first = number.digits.find_first_not_of('0');
  if (first == std::string::npos) {
    number = Decimal();
    return;
  }
  number.digits.erase(0, first);
  number.point -= static_cast<int>(first);
}

}  // namespace

Decimal Decimal::Of(double number) {
  const std::string text = absl::StrFormat("%.*e", kDigits - 1, std::abs(number));
  Decimal out;
  out.negative = number < 0;
  out.digits = text.substr(0, 1) + text.substr(2, kDigits - 1);
  out.point = std::atoi(text.c_str() + text.find('e') + 1) + 1;
  DropZeros(out);
  return out;
}

Decimal Decimal::Scaled(int exponent) const {
  Decimal out = *this;
  if (!digits.empty()) out.point += exponent;
  return out;
}

Decimal Decimal::Rounded(int decimals) const {
  const int kept = point + decimals;
  if (kept >= static_cast<int>(digits.size())) return *this;
  if (kept < 0) return {};
  Decimal out = *this;
  const bool up = digits[static_cast<size_t>(kept)] >= '5';
  out.digits.resize(static_cast<size_t>(kept));
  if (up) {
    size_t at = out.digits.size();
    while (at > 0 && out.digits[at - 1] == '9') out.digits[--at] = '0';
    if (at > 0) {
      ++out.digits[at - 1];
    } else {
      out.digits.insert(0, 1, '1');
      ++out.point;
    }
  }
  DropZeros(out);
  return out;
}

std::string Decimal::Whole() const {
  if (point <= 0) return "";
  const auto length = static_cast<size_t>(point);
  std::string out = digits.substr(0, length);
  out.append(length - out.size(), '0');
  return out;
}

std::string Decimal::Fraction(int decimals) const {
  std::string out;
  for (int i = 0; i < decimals; ++i) {
    const int at = point + i;
    out.push_back(at >= 0 && at < static_cast<int>(digits.size()) ? digits[static_cast<size_t>(at)]
                                                                  : '0');
  }
  return out;
}

std::string Decimal::General() const {
  if (digits.empty()) return "0";
  const std::string sign = negative ? "-" : "";
  constexpr int kSmallest = -4;
  if (point > kDigits || point < kSmallest) {
    std::string mantissa = digits.substr(0, 1);
    if (digits.size() > 1) mantissa += "." + digits.substr(1);
    return sign + mantissa + absl::StrFormat("E%+03d", point - 1);
  }
  const std::string whole = Whole();
  const int decimals = std::max(0, static_cast<int>(digits.size()) - point);
  return sign + (whole.empty() ? "0" : whole) + (decimals == 0 ? "" : "." + Fraction(decimals));
}

}  // namespace kirikae::tabular
