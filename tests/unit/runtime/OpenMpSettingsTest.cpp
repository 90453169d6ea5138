//===- OpenMpSettingsTest.cpp - OMP_NUM_THREADS and the like --------------===//
#include "runtime/OpenMpSettings.h"
#include <catch2/catch.hpp>
#include <cstdlib>

using namespace cria::rt;

TEST_CASE("lists of thread counts keep their meaning") {
  for (const char *value : {"1", "4", "4,2", " 4 , 2 ", "1024", "8,4,2,1", "\t3"}) {
    INFO(value);
    CHECK(settingFault("OMP_NUM_THREADS", value).empty());
  }
}

TEST_CASE("any other OMP_NUM_THREADS is at fault") {
  for (const char *value :
       {"",   " ",    "auto", "-3",  "2.5",  "1e99", "0",       "4,0",  "4,",
        ",4", "4,,2", "4;2",  "4 2", "1025", "0x10", "garbage", "%s%n", "99999999999999999999",
        "+4", "4\n",  "\xff"}) {
    INFO(value);
    CHECK_FALSE(settingFault("OMP_NUM_THREADS", value).empty());
  }
}

TEST_CASE("what libomp aborts on is at fault in any of its variables") {
  CHECK_FALSE(settingFault("KMP_BLOCKTIME", "9999999999").empty());
  CHECK_FALSE(settingFault("OMP_PLACES", "{0:99999999999}").empty());
  CHECK_FALSE(settingFault("KMP_ADAPTIVE_LOCK_PROPS", "").empty());
  for (const char *size : {"100T", "9Z", "2g", "1048577", "1e30"}) {
    INFO(size);
    CHECK_FALSE(settingFault("OMP_STACKSIZE", size).empty());
  }
  CHECK_FALSE(settingFault("KMP_STACKSIZE", "4G").empty());
}

TEST_CASE("settings that libomp takes are left alone") {
  for (auto [name, value] : {std::pair("OMP_STACKSIZE", "8M"),
                             {"OMP_STACKSIZE", "1048576"},
                             {"KMP_STACKSIZE", "16777216"},
                             {"OMP_STACKSIZE", "auto"},
                             {"OMP_PROC_BIND", "close"},
                             {"OMP_PLACES", "{0:4},{4:4}"},
                             {"KMP_AFFINITY", "granularity=fine,compact,1,0"},
                             {"KMP_BLOCKTIME", "infinite"}}) {
    INFO(name << "=" << value);
    CHECK(settingFault(name, value).empty());
  }
}

TEST_CASE("settings at fault are hidden for a time") {
  setenv("OMP_NUM_THREADS", "auto", 1);
  setenv("OMP_PROC_BIND", "true", 1);
  {
    HiddenSettings settings;
    CHECK(std::getenv("OMP_NUM_THREADS") == nullptr);
    CHECK(std::getenv("OMP_PROC_BIND") != nullptr);
    REQUIRE(settings.notes().size() == 1);
    CHECK(settings.notes()[0] ==
          "OMP_NUM_THREADS is ignored: \"auto\" is not a list of thread counts from 1 to 1024");
  }
  CHECK(std::getenv("OMP_NUM_THREADS") == std::string("auto"));
  unsetenv("OMP_NUM_THREADS");
  unsetenv("OMP_PROC_BIND");
}
