// Catch, precompiled for every test: CMake compiles it with a source that takes it, which main.cpp
// is not.
#include <catch2/catch.hpp>
