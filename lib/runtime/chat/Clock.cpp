//===- Clock.cpp - The date and time that templates see -------------------===//
#include "runtime/chat/Clock.h"
#include "runtime/chat/Budget.h"
#include <chrono>
#include <fmt/format.h>
#include <vector>

namespace cria::rt::chat {

Clock Clock::now() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(since).count();
  Clock clock;
  localtime_r(&seconds, &clock.time_);
  clock.microseconds_ = static_cast<int>(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count() % 1'000'000);
  return clock;
}

Clock Clock::at(int year, int month, int day) {
  Clock clock;
  clock.time_.tm_year = year - 1900;
  clock.time_.tm_mon = month - 1;
  clock.time_.tm_mday = day;
  clock.time_.tm_hour = 12; // no change of daylight saving time can move it to another day
  clock.time_.tm_isdst = -1;
  std::mktime(&clock.time_); // the days of the week and the year
  clock.time_.tm_hour = 0;
  return clock;
}

std::string Clock::format(const std::string &format) const {
  std::string known;
  for (size_t i = 0; i < format.size(); ++i) {
    char next = format[i] == '%' && i + 1 < format.size() ? format[i + 1] : '\0';
    if (next == 'f') // Python's own
      known += fmt::format("{:06}", microseconds_);
    else if (next == '%')
      known += "%%";
    else if (next != 'z' && next != 'Z') // a time without a zone has none to show
      known += format[i];
    i += next == 'f' || next == '%' || next == 'z' || next == 'Z';
  }
  known += '.'; // no result is empty: 0 means that it is too long
  std::vector<char> buffer(1 << 16);
  size_t size = std::strftime(buffer.data(), buffer.size(), known.c_str(), &time_);
  if (size == 0)
    throw RenderError("strftime_now: the result is too long");
  return {buffer.data(), size - 1};
}

} // namespace cria::rt::chat
