// A number in decimal digits, as spreadsheets compute with them.
#pragma once

#include <string>

namespace kirikae::tabular {

/// A number of 15 significant digits. Its value is 0.DIGITS times ten to the power of `point`.
struct Decimal {
  bool negative = false;
  std::string digits;  ///< without zeros at the ends; "" is zero
  int point = 0;

  static Decimal Of(double number);

  /// Times ten to the power of `exponent`.
  Decimal Scaled(int exponent) const;
  /// Rounded to `decimals` digits after the point, half away from zero.
  Decimal Rounded(int decimals) const;
  /// The digits before the point; "" for 0.
  std::string Whole() const;
  /// Exactly `decimals` digits after the point, of a rounded number.
  std::string Fraction(int decimals) const;
  /// `1001`, `-0.3`, `1.23E+20`: as the format General shows it.
  std::string General() const;
};

}  // namespace kirikae::tabular
