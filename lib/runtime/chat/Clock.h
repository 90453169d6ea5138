//===- Clock.h - The date and time that templates see -----------*- C++ -*-===//
#pragma once
#include <ctime>
#include <string>

namespace cria::rt::chat {

/// A local date and time without a zone, as Python's datetime.now() gives it.
class Clock {
public:
  static Clock now();
  /// Midnight of a day: a date that is checked.
  static Clock at(int year, int month, int day);

  /// Python's strftime() in the C locale. Throws a RenderError if the result is too long.
  std::string format(const std::string &format) const;

private:
  std::tm time_{};
  int microseconds_ = 0;
};

} // namespace cria::rt::chat
