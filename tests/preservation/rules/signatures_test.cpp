// The schema for the bureau says of each operator what the program says.

#include <set>

#include <gtest/gtest.h>

#include "core/embedded.h"
#include "preservation/rules/rule_signatures.h"

namespace anjuan::rules {

namespace {

using Names = std::set<std::string, std::less<>>;

const Json& definitions() {
  static const Json schema = Json::parse(embedded("rules/rules.schema.json"), "rules.schema.json");
  return *schema.find("definitions");
}

Names names_of(const Json& list) {
  Names names;
  for (const auto& item : list.items()) names.insert(item.as_string());
  return names;
}

/// Without "op" and "of", which every schema of an operator names too.
Names without_structure(Names names) {
  names.erase("op");
  names.erase("of");
  return names;
}

TEST(Signatures, AreThoseOfTheSchema) {
  std::size_t operators = 0;
  for (const auto& [name, ignored] : definitions().members()) {
    if (name.substr(0, 3) == "op_") ++operators;
  }
  EXPECT_EQ(operators, signatures().size());
  for (const auto& signature : signatures()) {
    const auto op = std::string(signature.op);
    const Json* schema = definitions().find("op_" + op);
    ASSERT_NE(schema, nullptr) << op;
    Names all;
    Names required;
    for (const auto& parameter : signature.parameters) {
      all.insert(std::string(parameter.name));
      if (parameter.need == Need::kRequired) required.insert(std::string(parameter.name));
    }
    Names in_schema;
    for (const auto& member : schema->find("properties")->members()) in_schema.insert(member.first);
    EXPECT_EQ(all, without_structure(in_schema)) << op;
    EXPECT_EQ(required, without_structure(names_of(*schema->find("required")))) << op;
  }
}

TEST(Signatures, HaveTheRangesAndWordsOfTheSchema) {
  for (const auto& signature : signatures()) {
    const Json* schema = definitions().find("op_" + std::string(signature.op));
    ASSERT_NE(schema, nullptr);
    for (const auto& parameter : signature.parameters) {
      const Json& value = *schema->find("properties")->find(parameter.name);
      const auto where = fmt::format("{}.{}", signature.op, parameter.name);
      if (parameter.form == ParameterForm::kCount) {
        EXPECT_EQ(value.find("minimum")->as_integer(), parameter.least) << where;
        EXPECT_EQ(value.find("maximum")->as_integer(), parameter.most) << where;
      }
      if (parameter.words.empty()) continue;
      const Json* words = parameter.form == ParameterForm::kTexts ? value.find("items") : &value;
      EXPECT_EQ(names_of(*words->find("enum")),
                Names(parameter.words.begin(), parameter.words.end()))
          << where;
    }
  }
}

}  // namespace

}  // namespace anjuan::rules
