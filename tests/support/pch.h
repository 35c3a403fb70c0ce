#pragma once
// Precompiled for every test program.
#include "core/pch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
