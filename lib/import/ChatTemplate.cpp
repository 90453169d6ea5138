//===- ChatTemplate.cpp - The chat template of a folder -------------------===//
#include "import/ChatTemplate.h"
#include "import/Fields.h"
#include "runtime/Fail.h"
#include "runtime/Mapping.h"
#include "runtime/chat/ChatFile.h"
#include "runtime/chat/Template.h"
#include "support/FilesRead.h"
#include <algorithm>

namespace cria::import {

namespace fs = std::filesystem;
using nlohmann::json;
using rt::fail;
using rt::printable;
using rt::chat::ChatFile;

namespace {

constexpr size_t mostBytes = 16 << 20;

bool present(const fs::path &path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

json documentIn(const fs::path &file) {
  return present(file) ? readJson(file, mostBytes, rt::JsonRules::python) : json::object();
}

struct Source {
  std::string name, text;
};
using Sources = std::map<std::string, Source>; ///< by the name of the template

/// chat_template.jinja and additional_chat_templates/NAME.jinja.
Sources readFiles(const fs::path &folder) {
  Sources out;
  if (fs::path file = folder / "chat_template.jinja"; present(file))
    out["default"] = {file.native(), readTemplateFile(file)};
  std::error_code ignored;
  if (fs::path more = folder / "additional_chat_templates"; present(more))
    FilesRead::note(more);
  for (const auto &entry : fs::directory_iterator(folder / "additional_chat_templates", ignored))
    if (entry.path().extension() == ".jinja")
      out[entry.path().stem().native()] = {entry.path().native(), readTemplateFile(entry.path())};
  return out;
}

/// The field chat_template: a template, a list of {name, template}, or an object of them.
Sources readField(const Fields &fields, const fs::path &file) {
  Sources out;
  const json *field = fields.find("chat_template");
  auto name = [&](const std::string &part) {
    return file.native() + ": chat_template" + (part.empty() ? "" : " " + printable(part));
  };
  if (!field)
    return out;
  if (field->is_array()) {
    for (size_t i = 0; i < field->size(); ++i) {
      Fields item = fields.item("chat_template", i);
      std::string part = item.text("name");
      out[part] = {name(part), item.text("template")};
    }
  } else if (field->is_object()) {
    Fields named = fields.object("chat_template");
    for (const auto &[part, _] : field->items())
      out[part] = {name(part), named.text(part)};
  } else {
    out["default"] = {name(""), fields.text("chat_template")};
  }
  return out;
}

/// Template files go before the configuration, all of them; processors' old file comes last.
Sources findSources(const fs::path &folder) {
  Sources out = readFiles(folder);
  for (const char *file : {"tokenizer_config.json", "chat_template.json"}) {
    if (!out.empty())
      break;
    json document = documentIn(folder / file);
    out = readField(Fields(document, (folder / file).native()), folder / file);
  }
  return out;
}

std::string whyNone(const fs::path &folder, const Sources &sources) {
  if (sources.empty())
    return fmt::format("the model has no chat template: {} has no chat_template.jinja, and no "
                       "chat_template in tokenizer_config.json or chat_template.json; criac "
                       "--chat-template=FILE takes one",
                       folder.native());
  std::string names;
  for (const auto &[name, _] : sources)
    names += (names.empty() ? "" : ", ") + printable(name);
  return fmt::format("of the chat templates in {}, none is called default ({}); criac "
                     "--chat-template=FILE takes one",
                     folder.native(), names);
}

/// A special token: a string, or an object with its text.
std::optional<std::string> tokenText(const Fields &fields, const std::string &field) {
  const json *value = fields.find(field);
  if (!value)
    return std::nullopt;
  return value->is_object() ? fields.object(field).text("content") : fields.text(field);
}

constexpr const char *standardTokens[] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                          "pad_token", "cls_token", "mask_token"};

bool isStandard(const std::string &name) {
  return std::find(std::begin(standardTokens), std::end(standardTokens), name) !=
         std::end(standardTokens);
}

/// What transformers' tokenizer class for SentencePiece models has without being told. A byte-level
/// tokenizer.json is loaded by another class, whatever the file says.
void addDefaults(const fs::path &folder, const Fields &config,
                 std::map<std::string, std::string> &tokens) {
  std::string type = config.text("tokenizer_class", "LlamaTokenizer");
  if (type != "LlamaTokenizer" && type != "LlamaTokenizerFast")
    return;
  fs::path file = folder / "tokenizer.json";
  if (present(file)) {
    rt::Mapping mapping = rt::Mapping::file(file);
    std::string_view text(mapping.as<char>(), mapping.size());
    if (text.find("\"ByteLevel\"") != text.npos)
      return;
  }
  for (auto [name, text] :
       {std::pair("unk_token", "<unk>"), {"bos_token", "<s>"}, {"eos_token", "</s>"}})
    if (!config.value().contains(name)) // null says that there is none
      tokens.emplace(name, text);
}

std::map<std::string, std::string> readTokens(const fs::path &folder) {
  fs::path configFile = folder / "tokenizer_config.json",
           mapFile = folder / "special_tokens_map.json";
  json config = documentIn(configFile);
  Fields fields(config, configFile.native());
  std::map<std::string, std::string> tokens;
  auto add = [&](const Fields &from, const std::string &name) {
    if (auto text = tokenText(from, name))
      tokens[name] = *text;
  };
  for (const auto &[name, value] : config.items())
    if (isStandard(name) || (name.ends_with("_token") && value.is_string()))
      add(fields, name);
  if (const json *extra = fields.find("extra_special_tokens"); extra && extra->is_object()) {
    Fields named = fields.object("extra_special_tokens");
    for (const auto &[name, _] : extra->items())
      add(named, name);
  }
  // The older file counts where the newer table is missing.
  if (!fields.find("added_tokens_decoder")) {
    json map = documentIn(mapFile);
    Fields older(map, mapFile.native());
    for (const char *name : standardTokens)
      add(older, name);
  }
  addDefaults(folder, fields, tokens);
  return tokens;
}

} // namespace

std::string readTemplateFile(const fs::path &file) {
  rt::Mapping mapping = rt::Mapping::file(file);
  if (mapping.size() > mostBytes)
    fail("{}: {} bytes are more than {}", file.native(), mapping.size(), mostBytes);
  return {mapping.as<char>(), mapping.size()};
}

std::string finishChat(const ChatFile &file) {
  rt::chat::Template(file.name, file.source); // refuses what is not understood
  return file.write();
}

std::string readChat(const fs::path &folder, const fs::path &given) {
  ChatFile file;
  Sources sources;
  if (given.empty())
    sources = findSources(folder);
  else
    sources["default"] = {given.native(), readTemplateFile(given)};
  if (auto found = sources.find("default"); found != sources.end()) {
    file.name = found->second.name;
    file.source = found->second.text;
    file.tokens = readTokens(folder);
    return finishChat(file);
  }
  file.whyNot = whyNone(folder, sources);
  return file.write();
}

} // namespace cria::import
