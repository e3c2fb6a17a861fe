package dev.foldstream.schemas.rows;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attribute;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.TypeDescriptor;
import java.lang.runtime.ObjectMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes and loads the classes of one schema; they go when nobody uses them any more. */
final class RowLoader extends ClassLoader {

  private static final ClassDesc RECORD = description(Record.class);
  private static final ClassDesc NULLABLE = description(Nullable.class);
  private static final int FINAL_CLASS =
      ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER;
  private static final int FINAL_FIELD = ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL;
  private static final int FINAL_METHOD = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;

  /** What every record has by {@link ObjectMethods}. */
  private static final DirectMethodHandleDesc OBJECT_METHODS =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          description(ObjectMethods.class),
          "bootstrap",
          MethodTypeDesc.of(
              ConstantDescs.CD_Object,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              description(TypeDescriptor.class),
              ConstantDescs.CD_Class,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodHandle.arrayType()));

  RowLoader() {
    super("rows", RowLoader.class.getClassLoader());
  }

  private static ClassDesc description(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** Classes that it names were defined before. */
  Class<? extends Record> define(RowLayout layout) {
    byte[] bytes = ClassFile.of().build(layout.description(), writer -> write(layout, writer));
    return defineClass(null, bytes, 0, bytes.length).asSubclass(Record.class);
  }

  private static void write(RowLayout layout, ClassBuilder writer) {
    var components = layout.components();
    writer.withFlags(FINAL_CLASS).withSuperclass(RECORD);
    writer.with(RecordAttribute.of(components.stream().map(RowLoader::declared).toList()));
    for (RowLayout.Component component : components) {
      ClassDesc type = type(component);
      writer.withField(component.name(), type, FINAL_FIELD);
      writer.withMethod(
          component.name(),
          MethodTypeDesc.of(type),
          FINAL_METHOD,
          method ->
              method
                  .with(SignatureAttribute.of(MethodSignature.of(component.value().signature())))
                  .withCode(
                      code ->
                          code.aload(0)
                              .getfield(layout.description(), component.name(), type)
                              .areturn()));
    }
    constructor(layout, writer);
    objectMethod(layout, writer, "toString", ConstantDescs.CD_String);
    objectMethod(layout, writer, "hashCode", ConstantDescs.CD_int);
    objectMethod(layout, writer, "equals", ConstantDescs.CD_boolean, ConstantDescs.CD_Object);
  }

  private static ClassDesc type(RowLayout.Component component) {
    return component.value().signature().classDesc();
  }

  private static RecordComponentInfo declared(RowLayout.Component component) {
    Signature.ClassTypeSig signature = component.value().signature();
    var attributes = new ArrayList<Attribute<?>>();
    if (!signature.typeArgs().isEmpty()) {
      attributes.add(SignatureAttribute.of(signature));
    }
    if (component.nullable()) {
      attributes.add(
          RuntimeVisibleTypeAnnotationsAttribute.of(
              TypeAnnotation.of(
                  TypeAnnotation.TargetInfo.ofField(), List.of(), Annotation.of(NULLABLE))));
    }
    return RecordComponentInfo.of(component.name(), type(component), attributes);
  }

  private static void constructor(RowLayout layout, ClassBuilder writer) {
    var types = layout.components().stream().map(RowLoader::type).toList();
    writer.withMethodBody(
        ConstantDescs.INIT_NAME,
        MethodTypeDesc.of(ConstantDescs.CD_void, types),
        ClassFile.ACC_PUBLIC,
        code -> {
          code.aload(0).invokespecial(RECORD, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
          for (int i = 0; i < types.size(); i++) {
            code.aload(0)
                .aload(i + 1)
                .putfield(layout.description(), layout.components().get(i).name(), types.get(i));
          }
          code.return_();
        });
  }

  private static void objectMethod(
      RowLayout layout,
      ClassBuilder writer,
      String name,
      ClassDesc result,
      ClassDesc... parameters) {
    var called =
        MethodTypeDesc.of(result, parameters).insertParameterTypes(0, layout.description());
    var site = DynamicCallSiteDesc.of(OBJECT_METHODS, name, called, getters(layout));
    writer.withMethodBody(
        name,
        MethodTypeDesc.of(result, parameters),
        FINAL_METHOD,
        code -> {
          code.aload(0);
          for (int i = 0; i < parameters.length; i++) {
            code.aload(i + 1);
          }
          returned(code.invokedynamic(site), result);
        });
  }

  private static void returned(CodeBuilder code, ClassDesc result) {
    if (result.isPrimitive()) {
      code.ireturn();
    } else {
      code.areturn();
    }
  }

  private static ConstantDesc[] getters(RowLayout layout) {
    var all = new ArrayList<ConstantDesc>();
    all.add(layout.description());
    all.add(
        layout.components().stream()
            .map(RowLayout.Component::name)
            .collect(Collectors.joining(";")));
    for (RowLayout.Component component : layout.components()) {
      all.add(
          MethodHandleDesc.ofField(
              DirectMethodHandleDesc.Kind.GETTER,
              layout.description(),
              component.name(),
              type(component)));
    }
    return all.toArray(ConstantDesc[]::new);
  }
}
